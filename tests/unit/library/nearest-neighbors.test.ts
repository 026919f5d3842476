import { afterEach, describe, expect, test } from "vitest";
import { searchWork } from "../../../src/compute/nearest-tiers.ts";
import { Matrix } from "../../../src/data/matrix.ts";
import { Table } from "../../../src/data/table.ts";
import { cpuDevice } from "../../../src/compute/device.ts";
import { GpuFailure } from "../../../src/compute/gpu-failure.ts";
import { liveSearch } from "../../../src/library/live-search.ts";
import { NearestNeighbors } from "../../../src/library/index.ts";
import { setSession } from "../../../src/library/session.ts";
import { minstd } from "../../reference/minstd.ts";
import { neighboursCases, neighboursTwin } from "../../reference/neighbours-twin.ts";
import reference from "../../reference/neighbours.json" with { type: "json" };
import { digitRows, irisRows } from "../../reference/pinned-sets.ts";
import { fakeCell } from "./fake-cell.ts";

const metrics = ["euclidean", "cosine"] as const;

describe.each(metrics)("by %s distance", (metric) => {
  test.each(neighboursCases)("$name: neighbours are those of sorting all distances", async (one) => {
    const model = await new NearestNeighbors({ metric }).fit(one.x);
    const found = await model.kneighbors(one.queries, one.k);
    const twin = neighboursTwin(one, metric, one.queries);
    expect(found.indices.map((list) => [...list])).toEqual(twin.indices);
    expectNear(found.distances, twin.distances);
    if (one.k >= one.rows) return;
    const among = await model.kneighbors(null, one.k);
    const others = neighboursTwin(one, metric);
    expect(among.indices.map((list) => [...list])).toEqual(others.indices);
    expectNear(among.distances, others.distances);
  });
});

function expectNear(found: Matrix, wanted: readonly number[][]): void {
  expect([found.rows, found.columns]).toEqual([wanted.length, wanted[0]!.length]);
  for (const [i, list] of wanted.entries())
    for (const [j, distance] of list.entries())
      expect(Math.abs(found.at(i, j) - distance)).toBeLessThanOrEqual(1e-12 * (1 + distance));
}

test.each(reference.cases)(
  `$name by $metric distance: the figures are those of ${reference.tool} ${reference.version}`,
  async ({ name, metric, rows, distances, indices, sum }) => {
    const model = new NearestNeighbors({ nNeighbors: 6, metric: metric as "cosine" });
    const found = await (await model.fit(name === "iris" ? irisRows : digitRows)).kneighbors();
    expect(found.distances.data.reduce((a, b) => a + b) / sum).toBeCloseTo(1, 10);
    for (const [at, row] of rows.entries())
      for (const [j, distance] of distances[at]!.entries()) {
        expect(found.distances.at(row, j)).toBeCloseTo(distance, 7);
        // Scikit-learn breaks ties as it comes.
        if (new Set(distances[at]!.map((value) => value.toFixed(9))).size === 6 && j < 5)
          expect(found.indices[row]![j]).toBe(indices[at]![j]);
      }
  },
);

test("rows that lie close together far from 0 are told apart", async () => {
  const x = Array.from({ length: 500 }, (_, i) => [1.7e9 + i, (i * 7) % 3]);
  const model = await new NearestNeighbors({ nNeighbors: 4 }).fit([...x, [0, 0]]);
  const { indices } = await model.kneighbors([[1.7e9 + 100.2, 1]]);
  expect([...indices[0]!]).toEqual(neighboursTwin({ x, k: 4 }, "euclidean", [[1.7e9 + 100.2, 1]]).indices[0]);
});

test("queries far off all rows find the nearest of them", async () => {
  const x = Array.from({ length: 400 }, (_, i) => [(i * 37) % 401, 1]);
  const queries = [
    [1e6, 1],
    [-1e9, 1],
    [1e12, 1],
    [-1e14, 1],
    [1e20, 1],
    [1e35, 1],
    [1e60, 1],
  ];
  const { indices } = await (await new NearestNeighbors().fit(x)).kneighbors(queries, 3);
  expect(indices.map((list) => [...list])).toEqual(neighboursTwin({ x, k: 3 }, "euclidean", queries).indices);
});

test.each([1e-30, 1e30, 1e150])("the size of the numbers does not matter: %f", async (size) => {
  const x = Array.from({ length: 100 }, (_, i) => [size * ((i * 37) % 101)]);
  const { indices, distances } = await (await new NearestNeighbors({ nNeighbors: 2 }).fit(x)).kneighbors();
  expect([...indices[0]!]).toEqual([71, 41]);
  expect(distances.at(0, 0) / size).toBeCloseTo(1, 10);
});

test("save and load keep rows and names", async () => {
  const table = Table.from({ a: [1, 2, 4, 9], b: [2, 1, 7, 3] });
  const model = await new NearestNeighbors({ nNeighbors: 2, metric: "cosine" }).fit(table);
  const loaded = NearestNeighbors.load(model.save());
  expect(loaded.getParams()).toEqual(model.getParams());
  expect(loaded.nSamplesFit).toBe(4);
  expect(await loaded.kneighbors()).toEqual(await model.kneighbors());
  expect(await loaded.kneighbors(table.select("b", "a"))).toEqual(await model.kneighbors(table));
});

test("the same rows give the same bits, however the queries come", async () => {
  const model = await new NearestNeighbors({ nNeighbors: 7 }).fit(digitRows);
  const whole = await model.kneighbors(digitRows);
  expect(await model.kneighbors(digitRows)).toEqual(whole);
  const part = await model.kneighbors(new Matrix(digitRows.data.slice(64 * 500, 64 * 503), 3, 64));
  expect(part.indices).toEqual(whole.indices.slice(500, 503));
  expect(part.distances.data).toEqual(whole.distances.data.slice(7 * 500, 7 * 503));
});

test("work for the GPU is what is left of all products after the points were put there", () => {
  expect(searchWork(20, { rows: 1e6, columns: 128 })).toBe(0);
  expect(searchWork(1032, { rows: 1e6, columns: 128 })).toBe(128e9);
});

test("a fit is not changed by what becomes of its rows", async () => {
  const X = new Matrix(Float64Array.of(0, 5, 9), 3, 1);
  const model = await new NearestNeighbors({ nNeighbors: 1 }).fit(X);
  X.data.fill(0);
  expect([...(await model.kneighbors([[6]])).indices[0]!]).toEqual([1]);
});

test("what cannot be is refused by name", async () => {
  const gaps = Table.from({ a: [1, 2, null], b: [1, 2, 3] });
  await expect(new NearestNeighbors().fit(gaps)).rejects.toThrow(/column "a".* row 2/);
  await expect(new NearestNeighbors().fit([])).rejects.toThrow("expected at least one row in X, got 0");
  await expect(new NearestNeighbors().fit([[]])).rejects.toThrow("expected at least one column in X, got 0");
  await expect(new NearestNeighbors().kneighbors()).rejects.toThrow("NearestNeighbors: call fit first");
  const model = await new NearestNeighbors({ nNeighbors: 2 }).fit([[1], [2]]);
  expect((await model.kneighbors([[1]])).indices).toHaveLength(1);
  await expect(model.kneighbors()).rejects.toThrow("expected nNeighbors to be at most 1");
  await expect(model.kneighbors([[1]], 0)).rejects.toThrow("whole number of at least 1, got 0");
  await expect(model.kneighbors([[1, 2]])).rejects.toThrow("expected 1 columns, as in fit, got 2");
  await expect(model.kneighbors([[NaN]])).rejects.toThrow("column 0: expected numbers, got NaN in row 0");
  expect((await model.kneighbors([])).indices).toEqual([]);
  expect(() => new NearestNeighbors({ device: "cpu" as "wasm" })).toThrow('"webgpu", "wasm" or null');
  const forced = await new NearestNeighbors({ device: "webgpu" }).fit(digitRows);
  await expect(forced.kneighbors(null, 505)).rejects.toThrow("at most 504 on the GPU, got 505");
  expect(() => new NearestNeighbors({ nNeighbors: 1.5 })).toThrow("expected nNeighbors to be a whole number");
  expect(() => new NearestNeighbors({ metric: "manhattan" as "cosine" })).toThrow('"euclidean" or "cosine"');
});

describe("in a cell", () => {
  afterEach(() => setSession(null));

  test("stopping it ends the search with an AbortError", async () => {
    const cell = fakeCell();
    const next = minstd(3);
    const X = new Matrix(Float64Array.from({ length: 20_000 * 16 }, next), 20_000, 16);
    const search = (await new NearestNeighbors().fit(X)).kneighbors();
    setTimeout(() => cell.controller.abort(), 40);
    await expect(search).rejects.toMatchObject({ name: "AbortError" });
  });

  test("a search that takes long shows how many rows are done, and Stop ends it", async () => {
    const cell = fakeCell();
    let rows = 0;
    const search = liveSearch("NearestNeighbors", 1e6, "rows", cpuDevice("forced"), async (breathe) => {
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 25));
        await breathe((rows += 10));
        if (cell.shown.length > 2) cell.stop("NearestNeighbors-1");
      }
    });
    await expect(search).rejects.toMatchObject({ name: "AbortError" });
    expect(cell.shown[0]).toMatchObject({ state: "running", counts: "rows", epochs: 1e6 });
    expect(cell.last()).toMatchObject({ state: "aborted", epoch: rows, loss: new Float64Array() });
  });

  test.each(["search", "cell"])(
    "a GPU that fails as the %s is stopped is an AbortError, and nothing begins again",
    async (what) => {
      const cell = fakeCell();
      const search = liveSearch("NearestNeighbors", 10, "rows", cpuDevice("forced"), async () => {
        if (what === "cell") cell.controller.abort();
        else cell.stop("NearestNeighbors-1");
        throw new GpuFailure(new Error("the device is lost"));
      });
      await expect(search).rejects.toMatchObject({ name: "AbortError" });
    },
  );

  test("a short search shows nothing", async () => {
    const cell = fakeCell();
    await (await new NearestNeighbors().fit(digitRows)).kneighbors([digitRows.row(0)]);
    expect(cell.shown).toEqual([]);
  });
});
