import { chromium } from "@playwright/test";
import { browserArguments, findBrowser } from "../../scripts/browser.mjs";
import { withApp } from "./book.mjs";

const rounds = 7;

/** What a fit takes longer where a map of points is drawn anew beside it, ten times a second: the two taken in turn, in one run of one cell. */
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
      `The fastest of ${rounds} fits of each kind, taken in turn: what the machine does besides makes none faster. The kernel's time is the median of \`embedding\` and \`display\`; the rest is drawn by the page.`,
    ];
  } finally {
    await browser.close();
  }
}

/**
 * What every cell begins with: `map(points, options)` shows the map; `compare(fit)` times fits that show it and fits that do not.
 * `fit` is given `show`, to be called at will: it draws ten times a second, or never.
 */
const start = `import { BayesianPersonalizedRanking, embedding, Matrix, MiniBatchKMeans } from "cohortbook";
let state = 1;
const random = () => (state = (state * 16807) % 2147483647) / 2147483647;
let drawn = [];
const redraw = (draw) => {
  const began = performance.now();
  display(draw(), { id: "map" });
  drawn.push((performance.now() - began) / 1000);
};
const compare = async (fit, draw) => {
  const timed = async (live) => {
    let last = -Infinity;
    const began = performance.now();
    await fit(() => {
      if (!live || performance.now() - last < 100) return;
      redraw(draw);
      last = performance.now();
    });
    return (performance.now() - began) / 1000;
  };
  await timed(true);
  drawn = [];
  const alone = [], live = [];
  for (let round = 0; round < ${rounds}; round++) {
    alone.push(await timed(false));
    live.push(await timed(true));
  }
  return "measured " + JSON.stringify({ alone: Math.min(...alone), live: Math.min(...live), redraws: drawn.length / ${rounds}, each: drawn.toSorted((a, b) => a - b)[drawn.length >> 1] });
};`;

/** Centres that walk through rows, 16 columns wide, of which the first two are drawn. */
const walking = (/** @type {number} */ points) => `${start}
const width = 16, batches = 40, rows = 20_000, k = 20;
const cloud = new Float32Array(width * rows);
for (let i = 0; i < rows; i++) for (let j = 0; j < width; j++) cloud[i * width + j] = 6 * ((i % k) * (j + 3) % 7) + random() + random() + random();
const batch = new Matrix(cloud, rows, width);
const plane = new Float32Array(2 * ${points});
for (let i = 0; i < ${points}; i++) for (let j = 0; j < 2; j++) plane[2 * i + j] = cloud[(i % rows) * width + j];
const seen = new Matrix(plane, ${points}, 2);
const color = Array.from({ length: ${points} }, (_, i) => "group " + (i % 5));
let model;
await compare(async (show) => {
  model = new MiniBatchKMeans({ nClusters: k });
  for (let i = 0; i < batches * 4; i++) {
    await model.partialFit(batch);
    show();
  }
}, () => embedding(seen, { color, centres: model.clusterCenters }))`;

/** Items of a recommender, drawn while it learns; their places are made to move, since factors are there only once a fit is done. */
const ranking = (/** @type {number} */ items) => `${start}
const users = 4000, pairs = 120_000;
const likes = { users: Array.from({ length: pairs }, (_, i) => i % users), items: Array.from({ length: pairs }, () => Math.floor(random() ** 2 * ${items})) };
const places = Float32Array.from({ length: 2 * ${items} }, random);
const color = Array.from({ length: ${items} }, (_, i) => "kind " + (i % 5));
await compare(async (show) => {
  const timer = setInterval(show, 20);
  await new BayesianPersonalizedRanking({ factors: 32, iterations: 40 }).fit(likes);
  clearInterval(timer);
}, () => {
  for (let i = 0; i < places.length; i++) places[i] += 0.01 * ((i % 7) - 3);
  return embedding(new Matrix(places, ${items}, 2), { color });
})`;

/** @type {Readonly<Record<string, string>>} */
const cells = {
  "k-means by `partialFit`, 20,000 points": walking(20_000),
  "k-means by `partialFit`, 100,000 points": walking(100_000),
  "BPR, 5,000 items": ranking(5000),
  "BPR, 50,000 items": ranking(50_000),
};

/**
 * Runs a cell in a page of its own.
 *
 * @param {import("@playwright/test").Browser} browser
 * @param {string} url
 * @param {string} cell
 * @returns {Promise<{ alone: number, live: number, redraws: number, each: number }>}
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
  const [, json] = /measured (\{[^}]*\})/.exec(ipynb.replaceAll("\\", "")) ?? [];
  if (json === undefined) throw new Error("expected a cell that says what it measured");
  /** @type {{ alone: number, live: number, redraws: number, each: number }} */
  const measured = JSON.parse(json);
  return measured;
}

/**
 * @param {string} name
 * @param {{ alone: number, live: number, redraws: number, each: number }} measured
 */
function line(name, { alone, live, redraws, each }) {
  const longer = ((live / alone - 1) * 100).toFixed(1);
  return `| ${name} | ${alone.toFixed(2)} s | ${live.toFixed(2)} s | ${longer}% | ${redraws.toFixed(0)} | ${(each * 1000).toFixed(1)} ms |`;
}
