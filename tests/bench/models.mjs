import process from "node:process";
import { chromium } from "@playwright/test";
import { browserArguments, findBrowser } from "../../scripts/browser.mjs";
import { openBook, withApp } from "./book.mjs";
import { pythonTwins } from "./models-python.mjs";
import { cpuTable, gpuTable } from "./models-table.mjs";
import { withSpeedCases } from "./speed-cases.mjs";

/** @typedef {import("../../src/specs/speed.ts").Runner} Runner */
/** @typedef {import("../../src/specs/speed.ts").SpeedSize} SpeedSize */
/** @typedef {import("../../src/specs/speed.ts").Measured} Measured */
/** @typedef {{ [runner in Runner]?: Measured | Error }} ByRunner */
/** @typedef {{ id: string, size: string, measured: ByRunner, python: import("./models-python.mjs").PythonTwin[] }} Row */

/** The sizes measured on the processor and on a real GPU: COHORTBOOK_SPEED_SIZES, both without it. */
const sizes = /** @type {SpeedSize[]} */ ((process.env.COHORTBOOK_SPEED_SIZES ?? "small,large").split(","));

/** Our kernels beside TF.js in the browser, and beside Python where it is there. */
export async function measure() {
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserArguments });
  try {
    const context = await browser.newContext({ serviceWorkers: "block" });
    return await withApp((url) => withSpeedCases((cases) => measureAll(context, url, cases)));
  } finally {
    await browser.close();
  }
}

/**
 * @param {import("@playwright/test").BrowserContext} browser
 * @param {string} url
 * @param {readonly import("../../src/speed/speed.ts").SpeedCase[]} cases
 */
async function measureAll(browser, url, cases) {
  const software = await hasSoftwareGpu(browser, url);
  const lines = [];
  for (const size of sizes) {
    /** @type {Row[]} */
    const rows = [];
    for (const one of cases) {
      const runners = one.runners.filter((runner) => !software || !runner.endsWith("webgpu"));
      const measured = await measureCase(browser, url, one.id, runners, size);
      rows.push({
        id: one.id,
        size: one.sizes[size],
        measured,
        python: await pythonTwins(one, size),
      });
    }
    lines.push(`### ${size}`, "", ...cpuTable(rows), "");
    if (!software) lines.push(...gpuTable(rows), "");
  }
  if (!software) return lines;
  const rows = [];
  for (const { id, runners, sizes } of cases) {
    const gpu = runners.filter((runner) => runner.endsWith("webgpu"));
    const measured = await measureCase(browser, url, id, gpu, "tiny");
    rows.push({ id, size: sizes.tiny, measured, python: [] });
  }
  return [...lines, "### tiny, on a GPU that is a processor in disguise", "", ...gpuTable(rows)];
}

/**
 * @param {import("@playwright/test").BrowserContext} browser
 * @param {string} url
 */
async function hasSoftwareGpu(browser, url) {
  const page = await openBook(browser, url);
  try {
    return await page.evaluate(async () => {
      const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
      return !adapter || adapter.info.isFallbackAdapter || adapter.info.architecture === "swiftshader";
    });
  } finally {
    await page.close();
  }
}

/**
 * Each runner in a page, and so a kernel, of its own.
 *
 * @param {import("@playwright/test").BrowserContext} browser
 * @param {string} url
 * @param {string} id
 * @param {readonly Runner[]} runners
 * @param {SpeedSize} size
 */
async function measureCase(browser, url, id, runners, size) {
  /** @type {ByRunner} */
  const measured = {};
  for (const runner of runners) {
    const page = await openBook(browser, url);
    console.error(`${id}, ${size}, ${runner} …`);
    try {
      measured[runner] = await page.evaluate(
        ({ id, runner, size }) => window.cohortbook.measureSpeed(id, runner, size),
        { id, runner, size },
      );
    } catch (error) {
      measured[runner] = /** @type {Error} */ (error);
    } finally {
      await page.close();
    }
  }
  return measured;
}
