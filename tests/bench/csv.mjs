import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { chromium } from "@playwright/test";
import { browserArguments, findBrowser } from "../../scripts/browser.mjs";
import { builtApp } from "../../scripts/build-app.mjs";
import { serve } from "../../scripts/server.mjs";

const files = [
  { name: "million", rows: 1_000_000, filler: 0 },
  { name: "large", rows: 1_600_000, filler: 90 },
];

/** Seconds to import a large CSV through the page and to group it by a column, and how long the page was deaf at most. */
export async function measure() {
  const folder = await mkdtemp(join(tmpdir(), "cohortbook-"));
  const server = await serve({ folder: builtApp });
  try {
    const lines = [
      "| Rows | Size | Import | Group by | Longest task | Longest wait of a timer |",
      "|---|---|---|---|---|---|",
    ];
    for (const file of files) {
      const path = join(folder, `${file.name}.csv`);
      await pipeline(Readable.from(csv(file.rows, file.filler)), createWriteStream(path));
      const { importing, grouping, task, wait } = await importAndGroup(server.url, path, file.rows);
      const size = `${((await stat(path)).size / 1e6).toFixed(0)} MB`;
      lines.push(`| ${file.rows} | ${size} | ${importing} s | ${grouping} s | ${task} ms | ${wait} ms |`);
    }
    return lines;
  } finally {
    await server.close();
    await rm(folder, { recursive: true });
  }
}

/**
 * @param {number} rows
 * @param {number} filler
 */
function* csv(rows, filler) {
  const channels = ["search", "mail", "shop", "friend"];
  const words = "lorem ipsum ".repeat(10).slice(0, filler);
  yield "order_id,channel,amount,ordered_at,note\n";
  for (let start = 0; start < rows; start += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, rows - start) }, (_, i) => {
      const id = start + i;
      const day = String(1 + (id % 28)).padStart(2, "0");
      return `${id},${channels[(id * 7) % 4]},${(id % 10_007) / 100},2026-01-${day},${words}\n`;
    });
    yield lines.join("");
  }
}

/**
 * @param {string} url
 * @param {string} path
 * @param {number} rows
 */
async function importAndGroup(url, path, rows) {
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserArguments });
  try {
    const page = await browser.newPage({ serviceWorkers: "block" });
    await page.goto(url);
    await page.waitForFunction(() => "cohortbook" in window);
    await page.evaluate(() => window.cohortbook.ready);
    const cell =
      "await sql`select channel, count(*) as orders, sum(amount) as revenue from big group by channel`";
    await page.evaluate((text) => window.cohortbook.open(text, "bench.md"), `\`\`\`ts\n${cell}\n\`\`\`\n`);
    await page.locator("input[data-automation]").setInputFiles(path);
    const measured = await page.evaluate(importInPage, rows);
    const format = (/** @type {number} */ seconds) => seconds.toFixed(1);
    return {
      importing: format(measured.importing),
      grouping: format(measured.grouping),
      task: measured.task.toFixed(0),
      wait: measured.wait.toFixed(0),
    };
  } finally {
    await browser.close();
  }
}

/**
 * Runs in the page.
 *
 * @param {number} rows
 */
async function importInPage(rows) {
  let task = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) task = Math.max(task, duration);
  });
  observer.observe({ type: "longtask" });
  let wait = 0;
  let last = performance.now();
  const ticking = setInterval(() => {
    const now = performance.now();
    wait = Math.max(wait, now - last - 10);
    last = now;
  }, 10);

  const input = /** @type {HTMLInputElement} */ (document.querySelector("input[data-automation]"));
  const file = /** @type {File} */ (input.files?.[0]);
  const started = performance.now();
  const result = await window.cohortbook.importFile(file, "big");
  const imported = performance.now();
  if (result.state === "refused") throw new Error(`refused: ${result.refusal.why}`);
  if (result.table.rows !== rows) throw new Error(`expected ${rows} rows, got ${result.table.rows}`);
  const failure = await window.cohortbook.runAll();
  if (failure) throw new Error(failure.message);
  const grouped = performance.now();
  clearInterval(ticking);
  observer.disconnect();
  return { importing: (imported - started) / 1000, grouping: (grouped - imported) / 1000, task, wait };
}
