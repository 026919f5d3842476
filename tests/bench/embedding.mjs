import { chromium } from "@playwright/test";
import { browserArguments, findBrowser } from "../../scripts/browser.mjs";
import { withApp } from "./book.mjs";

const rounds = 15;

/** @typedef {{ alone: number, live: number, longer: number, redraws: number, each: number }} Measured Seconds, but for `longer`, a share, and `redraws`, a number of them. */

/** What a fit takes longer where `liveEmbedding` shows a map of its points: the two taken in turn, in one run of one cell. */
export async function measure() {
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserArguments });
  try {
    const lines = await withApp(async (url) => {
      const measured = [];
      for (const [name, cell] of Object.entries(cells))
        measured.push(line(name, await times(browser, url, cell)));
      return measured;
    });
    return [
      "| | Fit alone | With a live map | Longer by | Redraws | Kernel's time a redraw |",
      "|---|--:|--:|--:|--:|--:|",
      ...lines,
      "",
      `Medians of ${rounds} pairs of fits, one after the other, now the one first and now the other: what the machine does besides falls on both of a pair. What a fit takes longer is the median of what the pairs say. The kernel's time is the median of what reads the model, makes the picture and sends it; the page draws it.`,
    ];
  } finally {
    await browser.close();
  }
}

/**
 * What every cell begins with: `compare(fit, points, options)` times fits that show a live map of those points, and fits that do not. The time to make
 * and show a picture is that of the callbacks that ask for the estimator.
 */
const start = `import { BayesianPersonalizedRanking, KMeans, liveEmbedding, Matrix } from "cohortbook";
let state = 1;
const random = () => (state = (state * 16807) % 2147483647) / 2147483647;
const compare = async (fit, points, options) => {
  const drawn = [];
  const timed = async (live) => {
    const map = live && liveEmbedding(points, options);
    const callback = map && Object.assign(async (iteration) => {
      let made = 0;
      const fittedEstimator = () => (made++, iteration.fittedEstimator());
      const began = performance.now();
      await map({ ...iteration, fittedEstimator });
      if (made > 0) drawn.push((performance.now() - began) / 1000);
    }, map);
    const began = performance.now();
    await fit(callback);
    return (performance.now() - began) / 1000;
  };
  await timed(true);
  drawn.length = 0;
  const alone = [], live = [];
  for (let round = 0; round < ${rounds}; round++)
    for (const isLive of round % 2 ? [true, false] : [false, true]) (isLive ? live : alone).push(await timed(isLive));
  const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
  const longer = median(live.map((time, round) => time / alone[round])) - 1;
  const measured = [median(alone), median(live), longer, drawn.length / ${rounds}, median(drawn)];
  return "measured=" + measured.map((value) => value.toFixed(6)).join(" ");
};`;

/** Centres that walk through points, 16 columns wide, which take the colour of the nearest one. */
const walking = (/** @type {number} */ points, /** @type {number} */ runs) => `${start}
const width = 16, k = 20;
const cloud = new Float32Array(width * ${points});
for (let i = 0; i < cloud.length; i++) cloud[i] = random() + random() + random() + 2 * (Math.floor(i / width) % 2);
const X = new Matrix(cloud, ${points}, width);
await compare(
  (callback) => new KMeans({ nClusters: k, init: "random", nInit: ${runs}, tol: 0, maxIter: 1000 }).fit(X, { callback }),
  X,
  { color: ({ labels }) => labels, categorical: true, centres: ({ clusterCenters }) => clusterCenters },
)`;

/** Items of a recommender that move into place while it learns. */
const ranking = (/** @type {number} */ items) => `${start}
const users = 4000, pairs = 120_000;
const likes = { users: Array.from({ length: pairs }, (_, i) => i % users), items: Array.from({ length: pairs }, () => Math.floor(random() ** 2 * ${items})) };
const seen = new Set(likes.items).size;
await compare(
  (callback) => new BayesianPersonalizedRanking({ factors: 32, iterations: 150 }).fit(likes, { callback }),
  ({ itemFactors }) => itemFactors,
  { color: Array.from({ length: seen }, (_, i) => "kind " + (i % 5)) },
)`;

/** @type {Readonly<Record<string, string>>} */
const cells = {
  "`KMeans`, 20,000 points": walking(20_000, 6),
  "`KMeans`, 100,000 points": walking(100_000, 2),
  "BPR, 5,000 items": ranking(5000),
  "BPR, 50,000 items": ranking(50_000),
};

/**
 * Runs a cell in a page of its own.
 *
 * @param {import("@playwright/test").Browser} browser
 * @param {string} url
 * @param {string} cell
 * @returns {Promise<Measured>}
 */
async function times(browser, url, cell) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await page.waitForFunction(() => "cohortbook" in window);
  await page.evaluate(() => window.cohortbook.ready);
  await page.evaluate((text) => window.cohortbook.open(text, "bench.md"), `\`\`\`ts\n${cell}\n\`\`\`\n`);
  const failure = await page.evaluate(() => window.cohortbook.runAll());
  if (failure) throw new Error(failure.message);
  const ipynb = await page.evaluate(() => window.cohortbook.toIpynb());
  await page.close();
  const [, text] = /measured=([\d. ]+)/.exec(ipynb.slice(ipynb.indexOf('"outputs"'))) ?? [];
  const [alone = NaN, live = NaN, longer = NaN, redraws = NaN, each = NaN] =
    text?.split(" ").map(Number) ?? [];
  if (!(each > 0)) throw new Error(`expected a cell that says what it measured, got ${ipynb}`);
  return { alone, live, longer, redraws, each };
}

/**
 * @param {string} name
 * @param {Measured} measured
 */
function line(name, { alone, live, longer, redraws, each }) {
  return `| ${name} | ${alone.toFixed(2)} s | ${live.toFixed(2)} s | ${(100 * longer).toFixed(1)}% | ${redraws.toFixed(0)} | ${(each * 1000).toFixed(1)} ms |`;
}
