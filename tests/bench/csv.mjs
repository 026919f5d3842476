import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { browserArguments, findBrowser } from "../../scripts/browser.mjs";
import { builtApp } from "../../scripts/build-app.mjs";
import { serve } from "../../scripts/server.mjs";
import { importAndGroupInPage, writeOrders } from "./orders.mjs";

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
      await writeOrders(path, file.rows, file.filler);
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
    const measured = await page.evaluate(importAndGroupInPage, rows);
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
