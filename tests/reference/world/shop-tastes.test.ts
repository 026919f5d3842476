import { beforeAll, expect, test } from "vitest";
import type { Simulation } from "../../../datasets/dataset.ts";
import type { ShopParameters } from "../../../datasets/shop/parameters.ts";
import { shop } from "../../../datasets/shop/simulate.ts";
import { categories, segments, zipfExponent } from "../../../datasets/shop/world.ts";
import { seededRandom } from "../../../src/core/random.ts";
import { adjustedRandScore } from "../../../src/library/adjusted-rand-score.ts";
import { kMeans } from "./k-means.ts";
import { off, planted } from "./shop-world.ts";

const on: Simulation[] = [];
let none: Simulation;

beforeAll(async () => {
  for (let seed = 0; seed < 3; seed++) on.push(await world(seed, planted));
  none = await world(0, off);
}, 60_000);

function world(seed: number, parameters: ShopParameters): Promise<Simulation> {
  return shop.simulate({ size: "S", seed, parameters: { ...parameters } }, async () => undefined);
}

test("the planted segments separate by the tastes of truth.customers", () => {
  for (const [seed, { truth }] of on.entries()) {
    const { table } = truth.customers!;
    const names = [...table.column("segment")] as string[];
    const tastes = [1, 2, 3, 4].map((j) => table.column(`taste_${j}`).values as Float64Array);
    const points = names.map((_, i) => tastes.map((taste) => taste[i]!));
    const planted = names.map((name) => segments.findIndex((segment) => segment.name === name));
    expect(adjustedRandScore(kMeans(points, 5, seededRandom(seed)), planted)).toBeGreaterThanOrEqual(0.9);
  }
});

/** χ² over its degrees of freedom of the segment of who views a category, against no link between the two. */
function segmentsByCategory(made: Simulation): number {
  const segment = [...made.truth.customers!.table.column("segment")] as string[];
  const category = [...made.tables.products!.table.column("category")] as string[];
  const counts = new Map<string, number>();
  // One view a customer: those of one person are not independent.
  const seen = new Set<unknown>();
  for (const { event, customer_id: customer, product_id: product } of made.tables.events!.table.toArray()) {
    if (event !== "view" || seen.has(customer)) continue;
    seen.add(customer);
    const key = `${segment[Number(customer) - 1]}/${category[Number(product) - 1]}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const table = segments.map(({ name }) => categories.map((each) => counts.get(`${name}/${each.name}`) ?? 0));
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  const rows = table.map(sum);
  const columns = categories.map((_, c) => sum(table.map((row) => row[c]!)));
  let chiSquare = 0;
  for (const [r, row] of table.entries())
    for (const [c, count] of row.entries()) {
      const expected = (rows[r]! * columns[c]!) / sum(rows);
      chiSquare += (count - expected) ** 2 / expected;
    }
  return chiSquare / ((segments.length - 1) * (categories.length - 1));
}

test("segments look at the categories they like, and without the effect at all alike", () => {
  expect(segmentsByCategory(on[0]!)).toBeGreaterThan(10);
  expect(segmentsByCategory(none)).toBeLessThan(2);
});

/** Views of the most popular products of the categories over those of the tenth. */
function firstOverTenth({ tables }: Simulation): number {
  const { table } = tables.products!;
  const each = table.numRows / categories.length;
  const views = new Float64Array(table.numRows);
  for (const { event, product_id: product } of tables.events!.table.toArray())
    if (event === "view") views[Number(product) - 1]!++;
  const ofRank = (rank: number): number => categories.reduce((sum, _, c) => sum + views[c * each + rank]!, 0);
  return ofRank(0) / ofRank(9);
}

test("popularity follows Zipf's law, and without it products are equally popular", () => {
  expect(firstOverTenth(on[0]!)).toBeGreaterThan(0.8 * 10 ** zipfExponent);
  expect(firstOverTenth(on[0]!)).toBeLessThan(1.25 * 10 ** zipfExponent);
  expect(firstOverTenth(none)).toBeGreaterThan(0.8);
  expect(firstOverTenth(none)).toBeLessThan(1.25);
});

/** Correlation of a rating with the planted quality of its product. */
function ratingByQuality({ tables, truth }: Simulation): number {
  const quality = truth.products!.table.column("quality").values as Float64Array;
  const pairs = tables
    .reviews!.table.toArray()
    .map(({ rating, product_id: product }) => [Number(rating), quality[Number(product) - 1]!] as const);
  const mean = (k: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[k], 0) / pairs.length;
  const [rating, good] = [mean(0), mean(1)];
  const product = (k: 0 | 1, l: 0 | 1): number =>
    pairs.reduce((sum, pair) => sum + (pair[k] - [rating, good][k]!) * (pair[l] - [rating, good][l]!), 0);
  return product(0, 1) / Math.sqrt(product(0, 0) * product(1, 1));
}

test("ratings tell the planted quality, and without the effect nothing of it", () => {
  expect(ratingByQuality(on[0]!)).toBeGreaterThan(0.5);
  expect(Math.abs(ratingByQuality(none))).toBeLessThan(0.1);
});
