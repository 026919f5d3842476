import { expect, test } from "vitest";
import { bprBatchSize, bprNegatives, bprStart } from "../../../src/compute/bpr.ts";
import { SimdBpr } from "../../../src/compute/simd/bpr.ts";
import { bprEpochs } from "../../../src/compute/wgsl/bpr-epoch.ts";
import { bprCase, bprGap } from "../../reference/bpr-cases.ts";
import { csrOf } from "../../../src/compute/csr.ts";
import { seededRandom } from "../../../src/core/random.ts";
import { BprTwin } from "../../reference/bpr-twin.ts";
import { distance, sparseProblems } from "../../reference/sparse-problems.ts";

const goOn = () => Promise.resolve(true);
const problems = sparseProblems();

test.each(problems)("factors after three epochs are those of the twin: $name", async (problem) => {
  for (const batchSize of problem.matrix.values.length < 300 ? [1, 7, 64] : [64]) {
    const training = bprCase(problem, batchSize);
    expect(await bprGap(new SimdBpr(training), training)).toBeLessThan(1e-5);
  }
});

test.each(problems.slice(4, 14))("the gradient is the slope of the loss: $name", (problem) => {
  const twin = new BprTwin(bprCase(problem, 8));
  const batch = twin.draws(5, 0, 8);
  const { users, items } = twin.gradient(batch);
  const rise = 1e-5;
  const slopes = (values: number[], skip: (i: number) => boolean) =>
    values.map((value, i) => {
      if (skip(i)) return 0;
      const at = (x: number) => {
        values[i] = x;
        return twin.loss(batch) + twin.penalty(batch);
      };
      const slope = (at(value + rise) - at(value - rise)) / (2 * rise);
      values[i] = value;
      return slope;
    });
  const width = problem.factors + 1;
  expect(
    distance(
      slopes(twin.users, (i) => i % width === problem.factors),
      users,
    ),
  ).toBeLessThan(1e-7);
  expect(
    distance(
      slopes(twin.items, () => false),
      items,
    ),
  ).toBeLessThan(1e-7);
});

test("users without likes stay as they are, and those after them are still themselves", async () => {
  const rows = Int32Array.from({ length: 200 }, (_, i) => 3 * (i % 40) + 2);
  const columns = Int32Array.from({ length: 200 }, (_, i) => (7 * i + (i >> 3)) % 31);
  const matrix = csrOf(130, 31, { rows, columns, values: new Float64Array(200).fill(1) });
  const training = bprCase({ name: "gaps", matrix, factors: 5, random: seededRandom(2) }, 16);
  expect(await bprGap(new SimdBpr(training), training)).toBeLessThan(1e-5);
});

test("the same start and keys give the same bits", async () => {
  const problem = problems[18]!;
  const training = bprCase(problem, 32);
  const [first, second] = [new SimdBpr(training), new SimdBpr(training)];
  for (const key of [3, 4]) expect(await first.epoch(key, goOn)).toBe(await second.epoch(key, goOn));
  expect(await first.factors()).toEqual(await second.factors());
});

test("an epoch ends where it is told to, with what it has learnt", async () => {
  const training = bprCase(problems[18]!, 16);
  const trainer = new SimdBpr(training);
  expect(await trainer.epoch(1, () => Promise.resolve(false))).toBeNull();
  const { users } = await trainer.factors();
  expect(users).not.toEqual(training.start.users);
});

test("what the GPU is told of an epoch is made with breaths between, and ends where it is told to", async () => {
  const places = Int32Array.from({ length: 30_000 }, (_, i) => i);
  const entries = {
    rows: places.map((i) => i % 200),
    columns: places.map((i) => i / 200),
    values: new Float64Array(30_000).fill(1),
  };
  const problem = { name: "many", matrix: csrOf(200, 300, entries), factors: 2, random: seededRandom(1) };
  const epochOf = bprEpochs(bprCase(problem, 1000));
  let breaths = 0;
  expect(await epochOf(1, async () => ++breaths < 2)).toBeNull();
  expect(breaths).toBe(2);
  const again = (await epochOf(1, goOn))!;
  const fresh = (await bprEpochs(bprCase(problem, 1000))(1, goOn))!;
  expect([again.steps, again.met]).toEqual([fresh.steps, fresh.met]);
  expect(again.entries).toEqual(fresh.entries);
});

test("draws of users who have every item are left out, and an epoch of none has loss 0", async () => {
  const full = csrOf(2, 1, {
    rows: Int32Array.of(0, 1),
    columns: Int32Array.of(0, 0),
    values: Float64Array.of(1, 1),
  });
  const start = bprStart(full, 3, seededRandom(1));
  const training = bprCase({ name: "full", matrix: full, factors: 5, random: seededRandom(1) }, 4);
  const trainer = new SimdBpr({ ...training, factors: 3, verifyNegativeSamples: true, start });
  expect(await trainer.epoch(9, goOn)).toBe(0);
  expect(await trainer.factors()).toEqual(start);
});

test("a step meets no row more than 32 times on average, and takes 8192 draws at most", () => {
  for (const { matrix } of problems) {
    const size = bprBatchSize(matrix);
    expect(Math.log2(size) % 1).toBe(0);
    const counts = new Int32Array(matrix.columns);
    for (const item of matrix.indices) counts[item]!++;
    const share = (2 * Math.max(...counts)) / matrix.indices.length;
    expect(size === 1 || size * share <= 32).toBe(true);
  }
  const wide = Int32Array.from({ length: 100_000 }, (_, i) => i);
  const sparse = csrOf(100_000, 100_000, {
    rows: wide,
    columns: wide,
    values: new Float64Array(100_000).fill(1),
  });
  expect(bprBatchSize(sparse)).toBe(8192);
});

test("uniform negatives are the items that someone has, once each", () => {
  const matrix = csrOf(2, 5, {
    rows: Int32Array.of(0, 1, 1),
    columns: Int32Array.of(3, 3, 1),
    values: Float64Array.of(1, 1, 1),
  });
  expect([...bprNegatives(matrix, "uniform")]).toEqual([1, 3]);
  expect([...bprNegatives(matrix, "popularity")]).toEqual([3, 1, 3]);
});
