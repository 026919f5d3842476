import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { serve } from "../../scripts/server.mjs";

const worker = `importScripts("papaparse.min.js");
onmessage = async ({ data: { file, dynamicTyping } }) => {
  const text = await file.text();
  const { data, errors } = Papa.parse(text, { header: true, dynamicTyping, skipEmptyLines: true });
  postMessage({ rows: data.length, errors: errors.length });
};`;

/**
 * The seconds that papaparse takes for a file in a worker of its own, to rows as objects that stay there; `typed` as its
 * `dynamicTyping` types them, else as text. `folder` is one to write into.
 *
 * @param {import("@playwright/test").BrowserContext} browser
 * @param {string} folder
 * @param {string} path
 * @param {boolean} typed
 * @returns {Promise<import("./book.mjs").Measured>}
 */
export async function parseWithPapaparse(browser, folder, path, typed) {
  // Of its own, since the server lists what it serves, and a browser's profile changes meanwhile.
  const site = join(folder, "papaparse");
  await mkdir(site, { recursive: true });
  const require = createRequire(import.meta.url);
  await copyFile(require.resolve("papaparse/papaparse.min.js"), join(site, "papaparse.min.js"));
  await writeFile(join(site, "worker.js"), worker);
  await writeFile(join(site, "index.html"), '<!doctype html><title>papaparse</title><input type="file">');
  const server = await serve({ folder: site });
  const page = await browser.newPage();
  try {
    await page.goto(server.url);
    const input = page.locator("input");
    await input.setInputFiles(path);
    return await input.evaluate(async (element, dynamicTyping) => {
      const file = /** @type {HTMLInputElement} */ (element).files?.[0];
      let task = 0;
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) task = Math.max(task, duration);
      });
      observer.observe({ type: "longtask" });
      const worker = new Worker("worker.js");
      const started = performance.now();
      /** @type {{ rows: number, errors: number }} */
      const { rows, errors } = await new Promise((resolve, reject) => {
        worker.onmessage = (/** @type {MessageEvent<{ rows: number, errors: number }>} */ { data }) =>
          resolve(data);
        worker.onerror = ({ message }) => reject(new Error(String(message)));
        worker.postMessage({ file, dynamicTyping });
      });
      const seconds = (performance.now() - started) / 1000;
      observer.disconnect();
      if (errors) throw new Error(`papaparse: ${errors} errors`);
      return { seconds, rows, task };
    }, typed);
  } finally {
    await page.close();
    await server.close();
  }
}
