import { createServer } from "node:net";
import { chromium } from "@playwright/test";
import lighthouse, { desktopConfig } from "lighthouse";
import { browserArguments, findBrowser } from "../../scripts/browser.mjs";
import { builtApp } from "../../scripts/build-app.mjs";
import { serve } from "../../scripts/server.mjs";

const runs = 3;
/** @type {Readonly<Record<string, readonly [name: string, unit: string, digits: number]>>} */
const metrics = {
  "first-contentful-paint": ["First contentful paint", " ms", 0],
  "largest-contentful-paint": ["Largest contentful paint", " ms", 0],
  "total-blocking-time": ["Total blocking time", " ms", 0],
  "cumulative-layout-shift": ["Cumulative layout shift", "", 3],
  interactive: ["Time to interactive", " ms", 0],
  "speed-index": ["Speed index", " ms", 0],
};

/** Lighthouse's performance score and its times, desktop preset, median of three first visits. */
export async function measure() {
  const server = await serve({ folder: builtApp, base: "/book/" });
  try {
    /** @type {import("lighthouse").Result[]} */
    const reports = [];
    for (let run = 0; run < runs; run++) reports.push(await report(server.url));
    const score = median(reports.map(({ categories }) => (categories.performance?.score ?? 0) * 100));
    const rows = Object.entries(metrics).map(([id, [name, unit, digits]]) => {
      const figure = median(reports.map(({ audits }) => audits[id]?.numericValue ?? NaN));
      return `| ${name} | ${figure.toFixed(digits)}${unit} |`;
    });
    return [
      `Desktop preset, median of ${runs}.`,
      "",
      "| | |",
      "|---|---|",
      `| Performance | ${score.toFixed(0)} |`,
      ...rows,
    ];
  } finally {
    await server.close();
  }
}

/**
 * @param {string} url
 * @returns {Promise<import("lighthouse").Result>}
 */
async function report(url) {
  const port = await freePort();
  const args = [...browserArguments, `--remote-debugging-port=${port}`];
  const browser = await chromium.launch({ executablePath: findBrowser(), args });
  try {
    const flags = /** @type {const} */ ({ port, onlyCategories: ["performance"], logLevel: "error" });
    const result = await lighthouse(
      url,
      { ...flags, onlyCategories: [...flags.onlyCategories] },
      desktopConfig,
    );
    if (!result || result.lhr.runtimeError)
      throw new Error(result?.lhr.runtimeError?.message ?? "lighthouse gave no report");
    return result.lhr;
  } finally {
    await browser.close();
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
