import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { browserArguments, findBrowser } from "../../scripts/browser.mjs";
import { importSales, openBook, runCell, withApp } from "./book.mjs";
import { parseWithPapaparse } from "./papaparse.mjs";
import { writeSalesCsv, writeSalesParquet } from "./sales.mjs";

const million = 1_000_000;
const rounds = 3;

/** How fast data comes in, is grouped and reaches a cell: medians of three after a round that is not timed, each in a page of its own. */
export async function measure() {
  const folder = await mkdtemp(join(tmpdir(), "cohortbook-"));
  // A profile of its own: without one, Chromium keeps what is on "disk" in memory, by way of another process.
  const browser = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath: findBrowser(),
    args: browserArguments,
    serviceWorkers: "block",
  });
  try {
    return await withApp((url) => measureIn(browser, url, folder));
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}

/**
 * @param {import("@playwright/test").BrowserContext} browser
 * @param {string} url
 * @param {string} folder
 */
async function measureIn(browser, url, folder) {
  const csv = join(folder, "sales.csv");
  const parquet = join(folder, "sales.parquet");
  await writeSalesCsv(csv, million);
  writeSalesParquet(parquet, million);

  const importing = (/** @type {string} */ path) => () =>
    onPage(browser, url, undefined, (page) => importSales(page, path));
  const inCell = (/** @type {string} */ cell) => () =>
    onPage(browser, url, cell, async (page) => {
      await importSales(page, csv);
      return runCell(page);
    });
  const generating = (/** @type {string} */ size) => () => onPage(browser, url, generation(size), runCell);

  const ours = await median(importing(csv));
  const typed = await median(() => parseWithPapaparse(browser, folder, csv, true));
  const untyped = await median(() => parseWithPapaparse(browser, folder, csv, false));
  const measured = {
    "Generate the shop, size S": await median(generating("S")),
    "Generate the shop, size M": await median(generating("M")),
    "Generate the shop, size L": await generating("L")(),
    [`CSV, 7 columns, ${await megabytes(csv)}, into a table with types`]: ours,
    "The same text through papaparse, with types": typed,
    "The same text through papaparse, as text": untyped,
    [`Parquet, the same rows, ${await megabytes(parquet)}`]: await median(importing(parquet)),
    "Group by a column, count and sum": await median(inCell(grouping)),
    "Hand 3 columns to a cell": await median(inCell(transfer)),
  };
  return [
    "| | Rows | Time | Rows per second | Longest task of the page |",
    "|---|--:|--:|--:|--:|",
    ...Object.entries(measured).map(line),
    "",
    `The import of CSV is ${times(typed, ours)} times as fast as papaparse with types, and ${times(untyped, ours)} times as fast as papaparse`,
    "without. Papaparse runs in a worker, and its rows stay there. Medians of three after a round that is not timed,",
    "size L once.",
  ];
}

const grouping = `const started = performance.now();
await sql\`select channel, count(*) as sales, sum(amount) as revenue from sales group by channel\`;
\`seconds=\${(performance.now() - started) / 1000} rows=${million}\``;

const transfer = `const started = performance.now();
const sales = await sql\`select sale_id, quantity, amount from sales\`;
const total = sales.column("amount").values[${million - 1}];
\`seconds=\${(performance.now() - started) / 1000} rows=\${sales.numRows} \${total}\``;

/** @param {string} size */
function generation(size) {
  return `const started = performance.now();
await dataset("shop", { size: "${size}" });
const seconds = (performance.now() - started) / 1000;
const counted = await sql\`select sum(estimated_size) as n from duckdb_tables() where schema_name = 'shop'\`;
\`seconds=\${seconds} rows=\${counted.column("n").at(0)}\``;
}

/**
 * @template T
 * @param {import("@playwright/test").BrowserContext} browser
 * @param {string} url
 * @param {string | undefined} cell
 * @param {(page: import("@playwright/test").Page) => Promise<T>} work
 */
async function onPage(browser, url, cell, work) {
  const page = await openBook(browser, url, cell);
  try {
    return await work(page);
  } finally {
    await page.close();
  }
}

/**
 * The measurement of median time, and the longest task of all. A round goes before: the first page of a browser is slower than any later one.
 *
 * @param {() => Promise<import("./book.mjs").Measured>} measureOnce
 */
async function median(measureOnce) {
  /** @type {import("./book.mjs").Measured[]} */
  const all = [];
  await measureOnce();
  for (let round = 0; round < rounds; round++) all.push(await measureOnce());
  const [middle] = all.toSorted((a, b) => a.seconds - b.seconds).slice(rounds >> 1);
  if (!middle) throw new RangeError("expected a round at least, got none");
  return { ...middle, task: Math.max(...all.map(({ task }) => task)) };
}

/** @param {[string, import("./book.mjs").Measured]} measured */
function line([name, { seconds, rows, task }]) {
  const thousands = (/** @type {number} */ n) => Math.round(n).toLocaleString("en");
  return `| ${name} | ${thousands(rows)} | ${seconds.toFixed(2)} s | ${thousands(rows / seconds)} | ${task.toFixed(0)} ms |`;
}

/**
 * @param {import("./book.mjs").Measured} slow
 * @param {import("./book.mjs").Measured} fast
 */
function times(slow, fast) {
  return (slow.seconds / fast.seconds).toFixed(2);
}

/** @param {string} path */
async function megabytes(path) {
  return `${((await stat(path)).size / 1e6).toFixed(0)} MB`;
}
