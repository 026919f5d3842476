import { afterEach, expect, test, vi } from "vitest";
import { seededRandom } from "../../../src/core/random.ts";
import { FollowedPlane } from "../../../src/library/followed-plane.ts";
import {
  BayesianPersonalizedRanking,
  KMeans,
  liveEmbedding,
  Matrix,
  PCA,
  Table,
} from "../../../src/library/index.ts";
import { RedrawPace } from "../../../src/library/redraw-pace.ts";
import { setSession } from "../../../src/library/session.ts";
import type { EmbeddingSpec } from "../../../src/specs/embedding.ts";
import { fakeCell } from "./fake-cell.ts";

const random = seededRandom(8);
const draw = (bound: number) => Array.from({ length: 3000 }, () => random.integer(bound));
const likes = { users: draw(200), items: draw(60) };
const X = Array.from({ length: 300 }, (_, i) => [random.next() + (i % 3), random.next() - (i % 3), i % 2]);

/** The maps among what a cell showed. */
function mapsOf({ shown }: ReturnType<typeof fakeCell>): EmbeddingSpec[] {
  return (shown as unknown as EmbeddingSpec[]).filter(({ view }) => view === "embedding");
}

afterEach(() => {
  setSession(null);
  vi.useRealTimers();
});

test("centres walk over points that stay, and each point has the colour of its own", async () => {
  const cell = fakeCell();
  const model = await new KMeans({ nClusters: 3, init: "random", nInit: 1 }).fit(X, {
    callback: liveEmbedding(X, {
      color: ({ labels }) => labels,
      centres: ({ clusterCenters }) => clusterCenters,
      title: "Centres",
      pace: 1e-6,
    }),
  });
  const maps = mapsOf(cell);
  const last = maps.at(-1);
  expect(maps.length).toBeGreaterThan(model.nIter);
  expect([...cell.ids].filter((id) => id?.startsWith("live-embedding"))).toHaveLength(1);
  for (const { x, y, title } of maps) expect([x, y, title]).toEqual([last.x, last.y, "Centres"]);
  expect(maps[0]!.centres).not.toEqual(last.centres);
  expect(last.colour).toMatchObject({ by: "category", codes: Uint8Array.from(model.labels) });
  // A centre stands where the mean of its points does.
  const own = Array.from(last.x).filter((_, i) => model.labels[i] === 0);
  expect(last.centres!.x[0]).toBeCloseTo(own.reduce((a, b) => a + b) / own.length, 4);
});

test("items are drawn while they learn, and at last as they were fitted", async () => {
  const cell = fakeCell();
  const items = new Set(likes.items).size;
  const color = Array.from({ length: items }, (_, i) => (i % 2 ? "odd" : "even"));
  const label = Array.from({ length: items }, (_, i) => `item ${i}`);
  const model = await new BayesianPersonalizedRanking({ factors: 8, iterations: 12 }).fit(likes, {
    callback: liveEmbedding(({ itemFactors }) => itemFactors, { color, label, pace: 1e-6 }),
  });
  const maps = mapsOf(cell);
  expect(maps).toHaveLength(13);
  expect(new Set(maps.map(({ colour }) => colour)).size).toBe(1);
  expect(new Set(maps.map(({ labels }) => labels)).size).toBe(1);
  expect(maps[0]!.x).not.toEqual(maps[11]!.x);
  // Nothing was learnt after the last epoch; the plane has only settled.
  expect(distances(maps[12]!)).toEqual(distances(maps[11]!).map((each): unknown => expect.closeTo(each, 2)));
  expect(maps[12]!.x).toHaveLength(model.items.length);
});

function distances({ x, y }: EmbeddingSpec): number[] {
  return Array.from(x, (each, i) => Math.hypot(each - x[0]!, y[i]! - y[0]!));
}

test("points of two columns are drawn as they are", async () => {
  const cell = fakeCell();
  const plane = X.map((row) => row.slice(0, 2));
  await new KMeans({ nClusters: 2 }).fit(plane, { callback: liveEmbedding(plane) });
  expect(mapsOf(cell).at(-1).x).toEqual(Float32Array.from(plane, (row) => row[0]!));
});

test("axes have the names of a Table's two columns, and of wider points are principal components", async () => {
  const named = Table.from(X.map(([age, spend]) => ({ age, spend })));
  const wide = Table.from(X.map(([age, spend, visits]) => ({ age, spend, visits })));
  const axes = async (points: Table) => {
    const cell = fakeCell();
    await new KMeans({ nClusters: 2 }).fit(points, { callback: liveEmbedding(points, { pace: 1e-6 }) });
    return mapsOf(cell).map(({ columns, principalOf }) => [...columns, principalOf]);
  };
  for (const each of await axes(named)) expect(each).toEqual(["age", "spend", undefined]);
  for (const each of await axes(wide)) expect(each).toEqual(["PC 1", "PC 2", 3]);
});

test("each fit that one live map is given to has a map of its own, in its own cell", async () => {
  let points = X.slice(0, 60);
  const label = points.map((_, i) => `point ${i}`);
  const callback = liveEmbedding<KMeans>(() => points, { label, pace: 1e-6 });
  const fit = (live = callback) => new KMeans({ nClusters: 2 }).fit(points, { callback: live });
  const mapIds = ({ ids }: ReturnType<typeof fakeCell>) => [...ids].filter((id) => id?.startsWith("live-"));
  const cell = fakeCell();
  await fit();
  points = X.slice(0, 9);
  await expect(fit()).rejects.toThrow(/label: expected 9 values, one for each point, got 60/);
  points = X.slice(60, 120);
  await fit();
  const alone = fakeCell();
  await fit(liveEmbedding<KMeans>(() => points, { label, pace: 1e-6 }));
  expect(mapsOf(cell).at(-1), "no trace of the fits before").toEqual(mapsOf(alone).at(-1));
  expect(mapIds(cell)).toEqual(["live-embedding-1", "live-embedding-3"]);
  await fit();
  expect(mapIds(alone)).toEqual(["live-embedding-1", "live-embedding-2"]);
});

test("outside a cell nothing is shown and nothing read", async () => {
  const points = vi.fn(() => X);
  await new KMeans({ nClusters: 2 }).fit(X, { callback: liveEmbedding(points) });
  expect(points).not.toHaveBeenCalled();
});

test("centres of another width, colours of another length and a pace below 0 are named", async () => {
  fakeCell();
  const fit = (options: Parameters<typeof liveEmbedding<KMeans>>[1]) =>
    new KMeans({ nClusters: 2 }).fit(X, { callback: liveEmbedding(X, options) });
  await expect(fit({ centres: [[1, 2]] })).rejects.toThrow(
    "liveEmbedding: centres: expected 3 columns, as the points have, got 2",
  );
  await expect(fit({ color: ["a"] })).rejects.toThrow(/color: expected 300 values/);
  await expect((async () => fit({ pace: -1 }))()).rejects.toThrow(
    "liveEmbedding: expected pace to be a number of seconds, 0 or more, got -1",
  );
});

test("the plane is that of the first two principal components, and is followed without a jump", async () => {
  const rows = 500;
  const data = Float64Array.from(
    { length: 5 * rows },
    (_, at) => [5, 3, 1, 0.5, 0.2][at % 5]! * random.next(),
  );
  const points = new Matrix(data, rows, 5);
  const plane = new FollowedPlane();
  plane.follow(points);
  const seen = plane.project(points);
  const expected = await new PCA({ nComponents: 2 }).fitTransform(points);
  for (let i = 0; i < rows; i++)
    for (const j of [0, 1]) expect(Math.abs(seen.at(i, j))).toBeCloseTo(Math.abs(expected.at(i, j)), 3);
  // The second column now has the most variance: PCA's axes swap, those that are followed stay.
  const turned = new Matrix(
    data.map((value, at) => (at % 5 === 1 ? 2 * value : value)),
    rows,
    5,
  );
  plane.follow(turned);
  const after = plane.project(turned);
  const [x, y] = [0, 1].map((j) => [seen.column(j), after.column(j)] as const);
  for (const [before, now] of [x!, y!]) expect(correlation(before, now)).toBeGreaterThan(0.99);
});

test("points that are all alike have a plane too", () => {
  const points = new Matrix(new Float64Array(12).fill(3), 4, 3);
  const plane = new FollowedPlane();
  plane.follow(points);
  plane.follow(points);
  expect([...plane.project(points).data]).toEqual(new Array(8).fill(0));
});

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const sum = (f: (i: number) => number) =>
    Array.from(a, (_, i) => f(i)).reduce((all, each) => all + each, 0);
  return sum((i) => a[i]! * b[i]!) / Math.sqrt(sum((i) => a[i]! ** 2) * sum((i) => b[i]! ** 2));
}

test("a redraw waits until the page has drawn the last one, and then for 24 times what one takes", async () => {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout"] });
  const pace = new RedrawPace();
  let shown = (): void => undefined;
  const drawn = () => new Promise<void>((resolve) => (shown = resolve));
  const take = (milliseconds: number) =>
    pace.draw(async () => void vi.advanceTimersByTime(milliseconds), drawn);
  expect(pace.due).toBe(true);
  await take(40);
  vi.advanceTimersByTime(1000);
  expect(pace.due, "the page has not drawn it").toBe(false);
  shown();
  await vi.advanceTimersByTimeAsync(999);
  expect(pace.due, "the page has as long again").toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(pace.due).toBe(true);
  await take(20);
  shown();
  await vi.advanceTimersByTimeAsync(479);
  expect(pace.due).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(pace.due).toBe(true);
  await take(1);
  shown();
  await vi.advanceTimersByTimeAsync(98);
  expect(pace.due, "ten times a second at most").toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(pace.due).toBe(true);
});

test("a page that took ten minutes to draw, in a hidden tab, is drawn anew a second later", async () => {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout"] });
  const pace = new RedrawPace();
  let shown = (): void => undefined;
  const drawn = () => new Promise<void>((resolve) => (shown = resolve));
  await pace.draw(async () => undefined, drawn);
  await vi.advanceTimersByTimeAsync(600_000);
  shown();
  await vi.advanceTimersByTimeAsync(999);
  expect(pace.due).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(pace.due).toBe(true);
});
