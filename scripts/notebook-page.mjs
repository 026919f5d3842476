import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { chromium } from "@playwright/test";
import { browserArguments, findBrowser } from "./browser.mjs";
import { builtApp } from "./build-app.mjs";
import { UsageError } from "./notebook-arguments.mjs";
import { failureAsText, outputsAsText, refusalAsText, writtenAsText } from "./notebook-text.mjs";
import { serve } from "./server.mjs";

/**
 * How a run ended: the words to print, and whether every cell ran to its end.
 *
 * @typedef {{ state: "done", text: string } | { state: "failed", text: string, message: string }} RunEnd
 */

/**
 * Runs the notebook in headless Chromium on the built app and writes what it showed. A UsageError where a data file is no table.
 *
 * @param {import("./notebook-arguments.mjs").NotebookRun} run
 * @returns {Promise<RunEnd>}
 */
export async function runNotebook(run) {
  const server = await serve({ folder: builtApp });
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserArguments });
  try {
    const context = await browser.newContext({ serviceWorkers: "block", locale: "en-US" });
    const page = await context.newPage();
    return await Promise.race([crashOf(page), runOnPage(page, server.url, run)]);
  } finally {
    await browser.close();
    await server.close();
  }
}

/**
 * @param {import("@playwright/test").Page} page
 * @param {string} url
 * @param {import("./notebook-arguments.mjs").NotebookRun} run
 * @returns {Promise<RunEnd>}
 */
async function runOnPage(page, url, run) {
  const started = Date.now();
  const deadline = timer(run.seconds);
  const work = (async () => {
    await openNotebook(page, url, run.file);
    for (const { name, path } of run.data) await importFile(page, name, path);
    if (run.device) await page.evaluate((device) => window.cohortbook.device(device), run.device);
    return page.evaluate(() => window.cohortbook.runAll());
  })();
  const error = await Promise.race([work, deadline.passed]).finally(deadline.clear);
  // The page is closed under the work that is left; its complaint is of no use.
  work.catch(() => undefined);

  const ipynb = await page.evaluate(() => window.cohortbook.toIpynb());
  if (run.out !== null) await writeFile(run.out, ipynb);
  const notebook = JSON.parse(ipynb);
  const failure = error === "late" ? null : error;
  const text = run.out === null ? outputsAsText(notebook, failure) : `Wrote ${run.out}.`;
  if (error === null)
    return {
      state: "done",
      text: run.out === null ? text : writtenAsText(run.out, notebook, Date.now() - started),
    };
  return {
    state: "failed",
    text,
    message: error === "late" ? lateness(run.seconds, notebook) : failureAsText(error, notebook),
  };
}

/**
 * @param {import("@playwright/test").Page} page
 * @param {string} url
 * @param {string} file
 */
async function openNotebook(page, url, file) {
  const text = await readFile(file, "utf8");
  await page.goto(url);
  await page.waitForFunction(() => "cohortbook" in window);
  await page.evaluate(() => window.cohortbook.ready);
  try {
    await page.evaluate(
      ([text, name]) => window.cohortbook.open(text, name),
      /** @type {const} */ ([text, basename(file)]),
    );
  } catch (error) {
    throw new UsageError(`cannot open "${file}": ${pageMessage(error)}`);
  }
}

/**
 * @param {import("@playwright/test").Page} page
 * @param {string} name
 * @param {string} path
 */
async function importFile(page, name, path) {
  const input = page.locator("input[data-automation]");
  await input.setInputFiles(path);
  const result = await input.evaluate((input, name) => {
    const file = input instanceof HTMLInputElement && input.files?.[0];
    if (!file) throw new TypeError("the page did not take the file");
    return window.cohortbook.importFile(file, name);
  }, name);
  if (result.state === "refused")
    throw new UsageError(`--data ${name}: ${path}: ${refusalAsText(result.refusal)}`);
  if (result.table.name !== name)
    throw new UsageError(
      `--data ${name}: this name cannot be used for a table; "${result.table.name}" could be`,
    );
}

/** @param {import("@playwright/test").Page} page */
function crashOf(page) {
  return /** @type {Promise<never>} */ (
    new Promise((_, reject) =>
      page.once("crash", () => reject(new Error("the page crashed: it may have run out of memory"))),
    )
  );
}

/**
 * @param {number} seconds
 * @param {import("./notebook-text.mjs").SavedNotebook} notebook
 */
function lateness(seconds, notebook) {
  const index = notebook.cells.findIndex(
    (cell) => cell.cell_type === "code" && cell.execution_count === null,
  );
  const where = index < 0 ? "" : ` at cell ${index + 1}`;
  return `timed out after ${seconds} s${where}`;
}

/** @param {number} seconds */
function timer(seconds) {
  /** @type {NodeJS.Timeout | undefined} */
  let handle;
  /** @type {Promise<"late">} */
  const passed = new Promise((resolve) => (handle = setTimeout(resolve, seconds * 1000, "late")));
  return { passed, clear: () => clearTimeout(handle) };
}

/**
 * What the page threw, without the automation's own words around it.
 *
 * @param {unknown} error
 */
function pageMessage(error) {
  const [first = ""] = /** @type {Error} */ (error).message.split("\n");
  return first.replace(/^page\.evaluate: (\w*Error: )?/, "");
}
