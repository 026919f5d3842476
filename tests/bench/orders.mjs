import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/**
 * Writes a CSV of so many orders, the same each time; `filler` is the length of a note in each row.
 *
 * @param {string} path
 * @param {number} rows
 * @param {number} [filler]
 */
export async function writeOrders(path, rows, filler = 0) {
  await pipeline(Readable.from(csv(rows, filler)), createWriteStream(path));
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
      return `${id},${channels[(id * 7 + (id >> 3)) % 4]},${(id % 10_007) / 100},2026-01-${day},${words}\n`;
    });
    yield lines.join("");
  }
}

/**
 * Imports the file that the page's input holds, groups it by a column, and gives the seconds of each and, in milliseconds, the longest
 * task of the page meanwhile and the longest that a timer had to wait. Runs in the page: it can use nothing from outside.
 *
 * @param {number} rows
 */
export async function importAndGroupInPage(rows) {
  const cell =
    "await sql`select channel, count(*) as orders, sum(amount) as revenue from big group by channel`";
  await window.cohortbook.open(`\`\`\`ts\n${cell}\n\`\`\`\n`, "big.md");
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
