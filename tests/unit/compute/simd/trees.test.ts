import { describe, expect, test } from "vitest";
import { boostedTreeKernels } from "../../../../src/compute/boosted-tree.ts";
import { binRows, type BinnedRows } from "../../../../src/compute/simd/binned-rows.ts";
import { GradientHistograms } from "../../../../src/compute/simd/gradient-histograms.ts";
import { ClassRows } from "../../../../src/compute/simd/class-rows.ts";
import { openSimd } from "../../../../src/compute/simd/simd.ts";
import { ValueRows } from "../../../../src/compute/simd/value-rows.ts";
import { seededRandom, type Random } from "../../../../src/core/random.ts";
import {
  bestGain,
  bestScore,
  binOf,
  goesLeft,
  leftSums,
  purity,
  type TwinRows,
} from "../../../reference/tree-twin.ts";

interface Shape {
  readonly rows: number;
  readonly columns: number;
  /** Distinct values of a column; 0 for as many as there are rows. */
  readonly levels: number;
  readonly missing: number;
}

const shapes: Shape[] = [
  { rows: 1, columns: 1, levels: 0, missing: 0 },
  { rows: 1, columns: 5, levels: 0, missing: 1 },
  { rows: 2, columns: 3, levels: 0, missing: 0 },
  { rows: 2, columns: 2, levels: 1, missing: 0 },
  { rows: 3, columns: 4, levels: 2, missing: 0.3 },
  { rows: 5, columns: 7, levels: 0, missing: 0 },
  { rows: 8, columns: 8, levels: 1, missing: 0 },
  { rows: 15, columns: 9, levels: 3, missing: 0 },
  { rows: 16, columns: 4, levels: 0, missing: 0.5 },
  { rows: 17, columns: 5, levels: 0, missing: 0 },
  { rows: 31, columns: 1, levels: 4, missing: 0.1 },
  { rows: 33, columns: 2, levels: 0, missing: 0 },
  { rows: 40, columns: 3, levels: 0, missing: 1 },
  { rows: 50, columns: 6, levels: 2, missing: 0.2 },
  { rows: 64, columns: 4, levels: 0, missing: 0 },
  { rows: 77, columns: 3, levels: 10, missing: 0.1 },
  { rows: 100, columns: 2, levels: 50, missing: 0 },
  { rows: 129, columns: 5, levels: 0, missing: 0.05 },
  { rows: 256, columns: 2, levels: 0, missing: 0 },
  { rows: 257, columns: 2, levels: 0, missing: 0 },
  { rows: 300, columns: 3, levels: 0, missing: 0.1 },
  { rows: 400, columns: 1, levels: 0, missing: 0 },
];

const always = () => Promise.resolve(true);

async function made({ rows, columns, levels, missing }: Shape, maxBins: number) {
  const random = seededRandom(rows * 1000 + columns * 10 + levels);
  const data = Float64Array.from({ length: rows * columns }, () =>
    random.next() < missing ? NaN : levels ? random.integer(levels) : random.next() * 10 - 5,
  );
  const simd = openSimd(
    ...boostedTreeKernels,
    "gatherClasses",
    "bestClassSplit",
    "gatherValues",
    "bestMeanSplit",
  );
  const binned = (await binRows(simd, { data, rows, columns }, maxBins, random, always))!;
  const bins = Array.from({ length: rows }, (_, i) =>
    binned.bins.map(({ thresholds }, j) => binOf(data[i * columns + j]!, thresholds)),
  );
  const twin: TwinRows = { bins, counts: binned.bins.map(({ thresholds }) => thresholds.length + 1) };
  binned.order.view().set([...bins.keys()]);
  return { simd, binned, twin, random, all: [...bins.keys()] };
}

const close = (found: number, wanted: number): void => {
  if (Number.isFinite(wanted))
    expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)));
  else expect(found).toBe(wanted);
};

describe.each(shapes)("$rows rows × $columns columns, $levels levels, $missing missing", (shape) => {
  test.each([255, 7])("rows are parted by at most %i bins as in the twin", async (maxBins) => {
    const { binned, twin, all } = await made(shape, maxBins);
    for (let column = 0; column < shape.columns; column++) {
      expect(twin.counts[column]).toBeLessThanOrEqual(maxBins);
      for (const missingLeft of [false, true]) {
        const bin = twin.counts[column]! >> 1;
        binned.order.view().set(all);
        const middle = binned.partition(0, shape.rows, column, bin, missingLeft);
        const left = all.filter((row) => goesLeft(twin.bins[row]![column]!, bin, missingLeft));
        expect(middle).toBe(left.length);
        expect([...binned.order.view()]).toEqual([...left, ...all.filter((row) => !left.includes(row))]);
      }
    }
  });

  test("the best split by gradients is that of the twin, also of a sibling found by subtraction", async () => {
    const { simd, binned, twin, random, all } = await made(shape, 20);
    const limits = { minSamplesLeaf: 2, leastHessian: 1e-3, l2: 0.5 };
    const histograms = new GradientHistograms(simd, binned, limits);
    const pairs = histograms.pairs.view();
    for (let i = 0; i < pairs.length; i++) pairs[i] = i % 2 ? random.next() : random.next() - 0.5;
    const values = Float32Array.from(pairs);
    const check = (histogram: number, rows: readonly number[]): void => {
      const { g, h } = leftSums(twin, rows, values, 0, 254, true);
      const split = histograms.bestSplit(histogram, g, h, rows.length, null);
      const wanted = bestGain(twin, rows, values, limits);
      if (!split) return close(0, wanted);
      close(split.gain, wanted);
      const left = leftSums(twin, rows, values, split.column, split.bin, split.missingLeft);
      close(split.gradient, left.g);
      close(split.hessian, left.h);
    };
    const whole = (await histograms.build(0, shape.rows, always))!;
    check(whole, all);
    const middle = binned.partition(0, shape.rows, 0, twin.counts[0]! >> 1, false);
    const order = [...binned.order.view()];
    const part = (await histograms.build(0, middle, always))!;
    histograms.subtract(whole, part);
    check(part, order.slice(0, middle));
    check(whole, order.slice(middle));
  });

  test("the purest split by classes, and that of the least squared error, are those of the twin", async () => {
    const { simd, binned, twin, random } = await made({ ...shape, missing: 0 }, 20);
    const { counts, rows } = drawn(binned, random);
    const classes = 3;
    const codes = Int32Array.from(counts, () => random.integer(classes));
    const weights = Float64Array.of(1, 2.5, 0.5);
    const values = Float64Array.from(counts, () => Math.fround(random.next()));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const byClass = new ClassRows(simd, binned, codes, weights, 2);
    const byValue = new ValueRows(simd, binned, values, 2);
    byClass.draw(counts);
    byValue.draw(counts);
    const ofClasses = (chosen: readonly number[]): number =>
      purity(chosen, (row, k) => (codes[row] === k ? weights[k]! * counts[row]! : 0), classes);
    const ofValues = (chosen: readonly number[]): number => {
      const weight = chosen.reduce((sum, row) => sum + counts[row]!, 0);
      return (
        chosen.reduce((sum, row) => sum + counts[row]! * Math.fround(values[row]! - mean), 0) ** 2 / weight
      );
    };
    for (const [nodes, score] of [
      [byClass, ofClasses],
      [byValue, ofValues],
    ] as const)
      for (let column = 0; column < shape.columns; column++) {
        nodes.load(0, rows.length);
        close(nodes.score, score(rows));
        const varies = new Set(rows.map((row) => twin.bins[row]![column])).size > 1;
        expect(nodes.search(column)).toBe(varies);
        close(nodes.best[0]!, bestScore(twin, rows, column, 2, score));
        if (nodes.best[0]! === -Infinity) continue;
        const [, found, bin, next] = nodes.best;
        expect(found).toBe(column);
        close(
          score(rows.filter((row) => twin.bins[row]![column]! <= bin!)) +
            score(rows.filter((row) => twin.bins[row]![column]! >= next!)),
          nodes.best[0]!,
        );
      }
  });
});

/** Rows drawn with replacement, in the order of the rows. */
function drawn(binned: BinnedRows, random: Random): { counts: Uint16Array; rows: number[] } {
  const counts = new Uint16Array(binned.rows);
  for (let i = 0; i < binned.rows; i++) counts[random.integer(binned.rows)]!++;
  const rows = [...counts.keys()].filter((row) => counts[row]! > 0);
  binned.order.view().set(rows);
  return { counts, rows };
}

test("breathe ends the work where it gives false", async () => {
  const simd = openSimd(...boostedTreeKernels);
  const data = new Float64Array(8);
  const stop = () => Promise.resolve(false);
  expect(await binRows(simd, { data, rows: 4, columns: 2 }, 255, seededRandom(0), stop)).toBeNull();
});
