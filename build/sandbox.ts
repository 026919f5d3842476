import { createHash } from "node:crypto";

/** Runs in a `data:` worker: imports the kernel from a blob of its own, the only kind of worker and import that has WebGPU there. */
const worker = `
onmessage = async ({ data }) => {
  onmessage = null;
  const url = URL.createObjectURL(new Blob([data.source], { type: "text/javascript" }));
  const { start } = await import(url);
  URL.revokeObjectURL(url);
  start(data.page, data.data);
};`;

/** Runs in the sandbox frame: starts the worker on the page's word, and passes nothing back but a failure to start. */
const frame = `
const boot = ${JSON.stringify("data:text/javascript," + encodeURIComponent(worker))};
addEventListener("message", ({ source, data }) => {
  if (source !== parent) return;
  const worker = new Worker(boot, { type: "module" });
  worker.onerror = (event) => parent.postMessage({ failed: event.message || "the kernel did not start" }, "*");
  worker.postMessage(data, [data.page, data.data]);
});
parent.postMessage({ ready: true }, "*");`;

/** The CSP source that allows the frame's bootstrap. */
const frameHash = `'sha256-${createHash("sha256").update(frame).digest("base64")}'`;

const framePolicy = [
  "default-src 'none'",
  `script-src ${frameHash} 'wasm-unsafe-eval' blob:`,
  "worker-src data:",
  "connect-src blob:",
].join("; ");

/** The whole `srcdoc` of the sandbox frame. */
export const sandboxDocument = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${framePolicy}"><title>kernel</title><script>${frame}</script>`;

/** The page's own policy. The frame inherits it, so it allows all that the frame's policy allows, and no other origin. */
export const pagePolicy = [
  "default-src 'none'",
  `script-src 'self' ${frameHash} 'wasm-unsafe-eval' blob:`,
  "worker-src 'self' blob: data:",
  "connect-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "manifest-src 'self'",
  "frame-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
