import { resolve } from "node:path";
import { build, type Plugin } from "vite";
import { sandboxDocument } from "./sandbox.ts";
import { simd } from "./simd.ts";

const id = "virtual:kernel";
const entry = resolve(import.meta.dirname, "../workers/kernel.worker.ts");

/** Makes the kernel one self-contained text and gives the page its URL. */
export function kernel(): Plugin {
  let serving = false;
  return {
    name: "cohortbook:kernel",
    configResolved(config) {
      serving = config.command === "serve";
    },
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    async load(source) {
      if (source !== `\0${id}`) return undefined;
      const url = serving
        ? JSON.stringify("/@kernel.js")
        : `import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: "asset", name: "kernel.js", source: await kernelText() })}`;
      return `export const kernelUrl = ${url}; export const sandboxDocument = ${JSON.stringify(sandboxDocument)};`;
    },
    configureServer(server) {
      server.middlewares.use("/@kernel.js", (_request, response, next) => {
        kernelText().then((text) => response.setHeader("content-type", "text/javascript").end(text), next);
      });
    },
  };
}

async function kernelText(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    plugins: [simd()],
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      write: false,
      target: "es2023",
      lib: { entry, formats: ["es"] },
      rolldownOptions: {
        checks: { pluginTimings: false },
        output: { codeSplitting: false, keepNames: true },
      },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const chunks = outputs
    .flatMap((one) => ("output" in one ? one.output : []))
    .filter((one) => one.type === "chunk");
  if (chunks.length !== 1) throw new Error(`the kernel must be one text, got ${chunks.length} chunks`);
  return chunks[0]!.code;
}
