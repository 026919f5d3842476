import { Buffer } from "node:buffer";
import { builtApp } from "../../scripts/build-app.mjs";
import { serve } from "../../scripts/server.mjs";

const start = Buffer.from("a\n1\n");

/**
 * What an action took: seconds, the rows it was about, and the longest task of the page meanwhile, in milliseconds.
 *
 * @typedef {{ seconds: number, rows: number, task: number }} Measured
 */

/**
 * Serves the built app while `work` runs, and gives what it gives.
 *
 * @template T
 * @param {(url: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withApp(work) {
  const server = await serve({ folder: builtApp });
  try {
    return await work(server.url);
  } finally {
    await server.close();
  }
}

/**
 * Opens the app in a new page, with a notebook of one cell whose database has started.
 *
 * @param {import("@playwright/test").BrowserContext} browser
 * @param {string} url
 * @param {string} [cell]
 */
export async function openBook(browser, url, cell = "await sql`select 1`") {
  const page = await browser.newPage();
  await page.goto(url);
  await page.waitForFunction(() => "cohortbook" in window);
  await page.evaluate(() => window.cohortbook.ready);
  await page.evaluate((text) => window.cohortbook.open(text, "bench.md"), `\`\`\`ts\n${cell}\n\`\`\`\n`);
  const input = page.locator("input[data-automation]");
  await input.setInputFiles({ name: "start.csv", mimeType: "text/csv", buffer: start });
  await input.evaluate(async (element) => {
    const file = /** @type {HTMLInputElement} */ (element).files?.[0];
    if (file) await window.cohortbook.importFile(file, "start");
  });
  return page;
}

/**
 * Imports a file into the table `sales`.
 *
 * @param {import("@playwright/test").Page} page
 * @param {string} path
 * @returns {Promise<Measured>}
 */
export async function importSales(page, path) {
  const input = page.locator("input[data-automation]");
  await input.setInputFiles(path);
  return input.evaluate(async (element) => {
    const file = /** @type {HTMLInputElement} */ (element).files?.[0];
    if (!file) throw new TypeError("the page did not take the file");
    let task = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) task = Math.max(task, duration);
    });
    observer.observe({ type: "longtask" });
    const started = performance.now();
    const result = await window.cohortbook.importFile(file, "sales");
    const seconds = (performance.now() - started) / 1000;
    observer.disconnect();
    if (result.state === "refused") throw new Error(`refused: ${result.refusal.why}`);
    return { seconds, rows: result.table.rows, task };
  });
}

/**
 * Runs the page's cell, whose value is to say `seconds=… rows=…`.
 *
 * @param {import("@playwright/test").Page} page
 * @returns {Promise<Measured>}
 */
export async function runCell(page) {
  const { failure, ipynb, task } = await page.evaluate(async () => {
    let task = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) task = Math.max(task, duration);
    });
    observer.observe({ type: "longtask" });
    const failure = await window.cohortbook.runAll();
    observer.disconnect();
    return { failure, task, ipynb: await window.cohortbook.toIpynb() };
  });
  if (failure) throw new Error(failure.message);
  const [, seconds, rows] = /seconds=([\d.]+) rows=(\d+)/.exec(ipynb.slice(ipynb.indexOf('"outputs"'))) ?? [];
  if (rows === undefined) throw new Error(`expected a cell that says seconds and rows, got ${ipynb}`);
  return { seconds: Number(seconds), rows: Number(rows), task };
}
