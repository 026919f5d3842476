import { resolve } from "node:path";
import { chromium } from "@playwright/test";
import { build, runnerImport } from "vite";
import { browserArguments, findBrowser } from "../../scripts/browser.mjs";

/** @typedef {import("./bpr-phases.ts").BprProfile} BprProfile */

const sizes = /** @type {const} */ (["small", "large"]);

/** Where the time of a step of BPR goes on the SIMD tier, phase by phase, and what its memory costs by itself. */
export async function measure() {
  const text = await bundle();
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserArguments });
  try {
    /** @type {BprProfile[]} */
    const profiles = [];
    for (const size of sizes) {
      const page = await browser.newPage();
      profiles.push(await page.evaluate(profileIn, { text, size }));
      await page.close();
    }
    return table(profiles);
  } finally {
    await browser.close();
  }
}

/**
 * Runs in the page.
 *
 * @param {{ text: string, size: (typeof sizes)[number] }} asked
 * @returns {Promise<BprProfile>}
 */
async function profileIn({ text, size }) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  /** @type {unknown} */
  const loaded = await import(url);
  const { profileBpr } = /** @type {{ profileBpr: typeof import("./bpr-phases.ts").profileBpr }} */ (loaded);
  return profileBpr(size);
}

/** The profile as one text, its kernels those of `assembly/bpr-phases.ts`. */
async function bundle() {
  /** @type {{ module: Pick<typeof import("../../build/simd.ts"), "simd"> }} */
  const { module } = await runnerImport("./build/simd.ts");
  const result = await build({
    configFile: false,
    logLevel: "error",
    publicDir: false,
    plugins: [module.simd("tests/bench/assembly/bpr-phases.ts")],
    build: {
      write: false,
      target: "es2023",
      lib: { entry: resolve(import.meta.dirname, "bpr-phases.ts"), formats: ["es"] },
      rolldownOptions: { checks: { pluginTimings: false }, output: { codeSplitting: false } },
    },
  });
  const [chunk] = [result].flat().flatMap((one) => ("output" in one ? one.output : []));
  if (chunk?.type !== "chunk") throw new Error("the profile is no text");
  return chunk.code;
}

/** @param {readonly BprProfile[]} profiles */
function table(profiles) {
  /** @type {(name: string, of: (profile: BprProfile) => string) => string} */
  const row = (name, of) => `| ${[name, ...profiles.map(of)].join(" | ")} |`;
  const figure = (/** @type {number} */ value) => value.toFixed(1);
  const phase = (/** @type {number} */ at) => (/** @type {BprProfile} */ profile) =>
    figure(profile.phases[at] ?? NaN);
  return [
    `| | ${sizes.join(" | ")} |`,
    `|---|${sizes.map(() => "--:|").join("")}`,
    row("Draws, and of a step", ({ draws, batch }) => `${draws}, ${batch}`),
    row("Rows", ({ bytes }) => `${(bytes / 1e6).toFixed(1)} MB`),
    row("**A draw, ns**", ({ whole }) => `**${figure(whole)}**`),
    row("Drawing, in order of users", ({ sampling }) => figure(sampling)),
    row("List of the items met", phase(0)),
    row("Bringing rows near", phase(1)),
    row("Differences of scores", phase(2)),
    row("Weights and loss", phase(3)),
    row("Moving users and items", phase(4)),
    row("Taking over items", phase(5)),
    row("The rows carried, nothing worked out, ns", ({ carried }) => figure(carried)),
    row("The same, GB/s", (profile) => figure(bytesOf(profile) / profile.carried)),
    row("Read and written in a row, GB/s", ({ streamed }) => figure(streamed)),
    row("A row at random among others, ns", ({ scattered }) => figure(scattered)),
    row("A row at random after another, ns", ({ chained }) => figure(chained)),
    "",
    "One thread, the fastest of several epochs in a page. A phase is what the step takes longer with it. A draw reads and writes the row of a user and the second rows of two items, reads the first rows of these, and takes over its share of the items that the step met.",
  ];
}

/** Bytes that a draw reads and writes, each row once for each time that it is carried. */
function bytesOf(/** @type {BprProfile} */ { items }) {
  const row = 128;
  return row * (2 + 2 * 3 + items * 2);
}
