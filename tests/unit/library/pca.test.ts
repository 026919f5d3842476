import { afterEach, describe, expect, test, vi } from "vitest";
import { orthonormalise } from "../../../src/core/orthonormal.ts";
import { seededRandom } from "../../../src/core/random.ts";
import { symmetricEigen } from "../../../src/core/symmetric-eigen.ts";
import { Matrix } from "../../../src/data/matrix.ts";
import { Table } from "../../../src/data/table.ts";
import { columnMeans } from "../../../src/library/column-means.ts";
import { clone, KMeans, makePipeline, PCA, Pipeline, type PCAParams } from "../../../src/library/index.ts";
import { setSession } from "../../../src/library/session.ts";
import { lowRank } from "../../reference/minstd.ts";
import { pcaCases, pcaTwin } from "../../reference/pca-twin.ts";
import reference from "../../reference/pca.json" with { type: "json" };
import { digitRows, irisRows } from "../../reference/pinned-sets.ts";
import { fakeCell } from "./fake-cell.ts";

const solvers = ["covariance_eigh", "randomized"] as const;

function rowsOf(one: (typeof reference.cases)[number]): Matrix<Float64Array> {
  if (one.seed === undefined) return one.name === "iris" ? irisRows : digitRows;
  return new Matrix(lowRank(one.seed, one.rows, one.columns, one.rank, one.noise), one.rows, one.columns);
}

/** The largest difference of two lists, as a share of what is expected or of the largest of that. */
function apart(found: ArrayLike<number>, wanted: readonly number[], byLargest = false): number {
  const largest = Math.max(...wanted.map(Math.abs));
  return Math.max(
    ...wanted.map((value, i) => Math.abs(found[i]! - value) / (byLargest ? largest : Math.abs(value))),
  );
}

describe.each(solvers)("by %s", (svdSolver) => {
  test.each(reference.cases)(
    `$name: the figures are those of ${reference.tool} ${reference.version}, from numpy's full SVD`,
    async (one) => {
      const X = rowsOf(one);
      const pca = await new PCA({ nComponents: one.k, svdSolver }).fit(X);
      expect(apart(pca.singularValues, one.singularValues)).toBeLessThan(1e-4);
      expect(apart(pca.explainedVariance, one.explainedVariance)).toBeLessThan(2e-4);
      expect(apart(pca.explainedVarianceRatio, one.explainedVarianceRatio)).toBeLessThan(2e-4);
      expect(apart(pca.components.data, one.components, true)).toBeLessThan(5e-3);
      const two = new Matrix(X.data.slice(0, 2 * X.columns), 2, X.columns);
      expect(apart((await pca.transform(two)).data, one.first, true)).toBeLessThan(5e-3);
      const white = await new PCA({ nComponents: one.k, svdSolver, whiten: true }).fit(X);
      expect(apart((await white.transform(two)).data, one.whitened, true)).toBeLessThan(5e-3);
    },
  );

  test.each(pcaCases)("$name: variances and axes are those of the plain twin", async (one) => {
    const twin = pcaTwin(one);
    const pca = await new PCA({ svdSolver }).fit(new Matrix(one.x, one.rows, one.columns));
    const total = twin.variances.reduce((sum, value) => sum + value, 0);
    expect(pca.nComponents).toBe(Math.min(one.rows, one.columns));
    for (const [i, variance] of pca.explainedVariance.entries()) {
      expect(Math.abs(variance - twin.variances[i]!)).toBeLessThanOrEqual(1e-6 * total);
      const gaps = twin.variances.filter((_, j) => j !== i).map((other) => Math.abs(other - variance));
      if (Math.min(...gaps) < 0.01 * total) continue;
      const along = pca.components.row(i).reduce((sum, value, j) => sum + value * twin.axes[i]![j]!, 0);
      expect(Math.abs(along)).toBeGreaterThan(1 - 1e-6);
    }
    expectOrthonormal(pca.components);
  });
});

function expectOrthonormal(axes: Matrix<Float64Array>): void {
  for (let i = 0; i < axes.rows; i++)
    for (let p = 0; p <= i; p++) {
      const product = axes.row(i).reduce((sum, value, j) => sum + value * axes.at(p, j), 0);
      expect(product).toBeCloseTo(Number(i === p), 10);
    }
}

test("a share of variance keeps as many axes as scikit-learn does", async () => {
  const pca = await new PCA({ nComponents: 0.9 }).fit(digitRows);
  expect(pca.nComponents).toBe(reference.digitsForNinetyPercent);
  expect(pca.explainedVarianceRatio.reduce((a, b) => a + b)).toBeGreaterThan(0.9);
});

test("the entry of each axis that is farthest from 0 is positive", async () => {
  const { components } = await new PCA().fit(irisRows);
  for (let i = 0; i < components.rows; i++) {
    const axis = Array.from(components.row(i));
    expect(Math.max(...axis)).toBe(Math.max(...axis.map(Math.abs)));
  }
});

test.each([false, true])("all axes turn rows there and back, whitened: %s", async (whiten) => {
  const pca = new PCA({ whiten });
  const back = await pca.inverseTransform(await pca.fitTransform(irisRows));
  expect(apart(back.data, Array.from(irisRows.data))).toBeLessThan(1e-5);
});

test("whitened places have a variance of 1 along each axis", async () => {
  const places = await new PCA({ nComponents: 3, whiten: true }).fitTransform(irisRows);
  for (let j = 0; j < 3; j++) {
    const squares = places.column(j).reduce((sum, value) => sum + value * value, 0);
    expect(squares / 149).toBeCloseTo(1, 4);
  }
});

test("the size of the numbers does not matter, nor how far they lie from 0", async () => {
  const plain = await new PCA().fit(irisRows);
  for (const [factor, shift] of [
    [1e25, 0],
    [1e-25, 0],
    [1, 1e6],
  ] as const) {
    const X = new Matrix(
      irisRows.data.map((value) => value * factor + shift),
      150,
      4,
    );
    const pca = await new PCA().fit(X);
    const wanted = Array.from(plain.singularValues, (value) => value * factor);
    expect(apart(pca.singularValues, wanted)).toBeLessThan(1e-4);
  }
  await expect(new PCA().fit([[1e200], [-1e200]])).rejects.toThrow("divide X by something first");
});

test.each([15, 60, 300, 1000, 1e5])(
  "axes that lie along no column keep their digits, the variance of the first %i times that of others",
  async (ratio) => {
    const random = seededRandom(3);
    const [n, d] = [2000, 3];
    // The first is (1, 1, 1): all products have one sign there, so that what is rounded adds up.
    const axes = Float64Array.from({ length: d * d }, (_, i) => (i < d ? 1 : random.next() - 0.5));
    orthonormalise(axes, d, d);
    const data = new Float64Array(n * d);
    for (let i = 0; i < n; i++)
      for (let a = 0; a < d; a++) {
        const length = (random.next() - 0.5) * (a === 0 ? Math.sqrt(ratio) : 1);
        for (let j = 0; j < d; j++) data[i * d + j]! += length * axes[a * d + j]!;
      }
    const { singularValues } = await new PCA().fit(new Matrix(data, n, d));
    const mean = columnMeans(data, d);
    const covariance = new Float64Array(d * d);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < d; j++)
        for (let k = 0; k < d; k++)
          covariance[j * d + k]! += (data[i * d + j]! - mean[j]!) * (data[i * d + k]! - mean[k]!);
    const { values } = await symmetricEigen(covariance, d, () => Promise.resolve());
    expect(apart(singularValues, [...values].map(Math.sqrt))).toBeLessThan(2e-5);
  },
);

test.each(solvers)("the same seed gives the same bits: %s", async (svdSolver) => {
  const [a, b] = await Promise.all(
    [3, 3].map((seed) => new PCA({ nComponents: 5, svdSolver, seed }).fit(digitRows)),
  );
  expect(b!.components).toEqual(a!.components);
  expect(b!.singularValues).toEqual(a!.singularValues);
});

test.each(solvers)("singles give the bits that doubles of them do: %s", async (svdSolver) => {
  const singles = Float32Array.from(digitRows.data, (value, i) => value + Math.sin(i));
  const [a, b] = await Promise.all(
    [singles, Float64Array.from(singles)].map((data) => {
      const X = new Matrix(data, digitRows.rows, digitRows.columns);
      return new PCA({ nComponents: 5, svdSolver }).fit(X);
    }),
  );
  expect(b!.components).toEqual(a!.components);
  expect(b!.singularValues).toEqual(a!.singularValues);
});

test("another seed begins elsewhere", async () => {
  const params: PCAParams = { nComponents: 5, svdSolver: "randomized", iteratedPower: 1, nOversamples: 0 };
  const [a, b] = await Promise.all([0, 1].map((seed) => new PCA({ ...params, seed }).fit(digitRows)));
  expect(b!.singularValues).not.toEqual(a!.singularValues);
});

test("save and load keep all that was learnt, names of columns too", async () => {
  const table = Table.from({ a: [1, 2, 4, 9], b: [2, 1, 7, 3] });
  const pca = await new PCA({ nComponents: 1 }).fit(table);
  const loaded = PCA.load(pca.save());
  expect(loaded.getParams()).toEqual(pca.getParams());
  expect(await loaded.transform(table)).toEqual(await pca.transform(table));
  expect(await loaded.transform(table.select("b", "a"))).toEqual(await pca.transform(table));
  expect(loaded.explainedVarianceRatio).toEqual(pca.explainedVarianceRatio);
  expect(loaded.getFeatureNamesOut()).toEqual(["pca0"]);
  await expect(loaded.transform(table.select("a"))).rejects.toThrow('no column "b"');
});

test("rows that do not vary have axes and no variance", async () => {
  const pca = await new PCA().fit([
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
  expect([...pca.explainedVariance, ...pca.explainedVarianceRatio]).toEqual([0, 0, 0, 0]);
  expectOrthonormal(pca.components);
  expect([...(await pca.transform([[2, 2]])).data].map(Math.abs).sort()).toEqual([0, 1]);
});

test("what cannot be is refused by name", async () => {
  const gaps = Table.from({ a: [1, 2, null], b: [1, 2, 3] });
  await expect(new PCA().fit(gaps)).rejects.toThrow(/column "a".* row 2/);
  for (const X of [
    new Matrix(Float32Array.of(1, 2, 3, NaN), 2, 2),
    new Matrix(Float64Array.of(1, 2, 3, NaN), 2, 2),
  ]) {
    await expect(new PCA().fit(X)).rejects.toThrow("PCA: X: column 1: expected numbers, got NaN in row 1");
    const pca = await new PCA().fit([
      [1, 2],
      [3, 5],
    ]);
    await expect(pca.transform(X)).rejects.toThrow("PCA: X: column 1: expected numbers, got NaN in row 1");
  }
  await expect(new PCA().fit([])).rejects.toThrow("PCA: expected at least two rows in X, got 0");
  await expect(new PCA().fit([[1, 2]])).rejects.toThrow("PCA: expected at least two rows in X, got 1");
  await expect(new PCA().fit([[], []])).rejects.toThrow("PCA: expected at least one column in X, got 0");
  await expect(new PCA({ nComponents: 5 }).fit(irisRows)).rejects.toThrow(
    "PCA: expected nComponents to be at most min(n, d) = 4 for X of 150 × 4, got 5",
  );
  await expect(new PCA().transform(irisRows)).rejects.toThrow("PCA: call fit first");
  expect(() => new PCA({ nComponents: 0 })).toThrow(
    "expected nComponents to be a whole number of at least 1",
  );
  expect(() => new PCA({ svdSolver: "full" as "auto" })).toThrow('expected svdSolver to be "auto"');
  expect(() => new PCA({ device: "gpu" as "wasm" })).toThrow(
    'expected device to be "webgpu", "wasm" or null',
  );
  await expect(new PCA({ device: "webgpu" }).fit(irisRows)).rejects.toThrow(
    "there is no WebGPU adapter here",
  );
});

describe("in a cell", () => {
  afterEach(() => setSession(null));
  const params: PCAParams = { nComponents: 4, svdSolver: "randomized", iteratedPower: 3 };

  test("a fit shows the share of variance that is left, which falls", async () => {
    const cell = fakeCell();
    await new PCA(params).fit(digitRows);
    expect(cell.shown[0]).toMatchObject({ state: "running", title: "PCA", epoch: 0, epochs: 5 });
    const { state, loss, device } = cell.last();
    expect([state, loss.length, device.reason]).toEqual(["done", 5, "no-adapter"]);
    expect(cell.last()).toMatchObject({ counts: "passes", measure: "unexplained" });
    expect(loss[0]).toBeLessThan(1);
    expect(loss[4]).toBeLessThanOrEqual(loss[0]!);
  });

  test("Stop in the live view keeps the axes as they are then", async () => {
    const cell = fakeCell();
    const fitting = new PCA({ ...params, iteratedPower: 1_000_000 }).fit(digitRows);
    await vi.waitFor(() => expect(cell.last().loss.length).toBeGreaterThan(10), 10_000);
    cell.stop("PCA-1");
    const pca = await fitting;
    expect(pca.stopped).toBe(true);
    expect(apart(pca.singularValues, reference.cases[1]!.singularValues.slice(0, 4))).toBeLessThan(1e-4);
    expect(cell.last().state).toBe("stopped");
  });

  test("stopping the cell rejects with an AbortError", async () => {
    const cell = fakeCell();
    const fitting = new PCA({ ...params, iteratedPower: 1_000_000 }).fit(digitRows);
    setTimeout(() => cell.controller.abort(), 50);
    await expect(fitting).rejects.toMatchObject({ name: "AbortError" });
    expect(cell.last().state).toBe("aborted");
  });
});

test("it can be copied, and stand in a pipeline", async () => {
  expect(clone(new PCA({ nComponents: 2, whiten: true })).getParams()).toMatchObject({
    nComponents: 2,
    whiten: true,
  });
  const pipeline = makePipeline(new PCA({ nComponents: 2 }), new KMeans({ nClusters: 3 }));
  const labels = await (await pipeline.fit(irisRows)).predict(irisRows);
  expect(new Set(labels).size).toBe(3);
  expect(await Pipeline.load(pipeline.save()).predict(irisRows)).toEqual(labels);
});
