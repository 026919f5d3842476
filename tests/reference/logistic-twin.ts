import type { LogisticRows } from "../../src/compute/logistic.ts";
import { minstd } from "./minstd.ts";

/** Rows, where they are looked at, and along what. */
export interface LogisticCase extends LogisticRows {
  readonly name: string;
  readonly w: Float64Array;
  readonly v: Float64Array;
}

/** What gives the loss of rows and its slopes. */
interface Loss {
  at(w: Float64Array): Given<{ readonly value: number; readonly gradient: Float64Array }>;
  curve(v: Float64Array): Given<Float64Array>;
  diagonal(): Given<Float64Array>;
}

type Given<T> = T | Promise<T>;

const shapes: readonly (readonly [rows: number, columns: number, classes: number])[] = [
  [1, 1, 2],
  [1, 3, 3],
  [2, 0, 2],
  [2, 1, 2],
  [3, 2, 3],
  [5, 4, 2],
  [7, 7, 4],
  [15, 3, 2],
  [16, 15, 15],
  [17, 16, 2],
  [31, 5, 16],
  [63, 8, 17],
  [64, 2, 2],
  [65, 33, 3],
  [100, 1, 40],
  [127, 31, 2],
  [255, 64, 5],
  [256, 10, 10],
  [257, 70, 2],
  [700, 6, 3],
  [1025, 20, 7],
  [5000, 9, 2],
];

/** Random rows of many shapes, also with constant columns, equal rows and rows without weight. */
export const logisticCases: readonly LogisticCase[] = shapes.map(([rows, columns, classes], i) => {
  const next = minstd(rows + 7 * columns + classes);
  const outputs = classes === 2 ? 1 : classes;
  const mean = Float64Array.from({ length: columns }, () => 50 * next());
  const unit = Float64Array.from({ length: columns }, () => 2 + next());
  const x = Float64Array.from({ length: rows * columns }, (_, at) => mean[at % columns]! + 3 * next());
  if (i % 4 === 1 && columns) for (let row = 0; row < rows; row++) x[row * columns] = mean[0]!;
  if (i % 4 === 2) for (let row = 1; row < rows; row += 2) x.copyWithin(row * columns, 0, columns);
  const codes = Int32Array.from({ length: rows }, (_, row) => (row < classes ? row : (row * row) % classes));
  const weights = Float64Array.from({ length: rows }, (_, row) => (row % 5 === 3 ? 0 : 1 + (row % 3)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const [w, v] = [0, 1].map(() => Float64Array.from({ length: outputs * (columns + 1) }, () => 2 * next()));
  return {
    name: `${rows} × ${columns}, ${classes} classes`,
    ...{ rows, columns, x, mean, unit, codes, outputs },
    shares: weights.map((weight) => weight / total),
    w: w!,
    v: v!,
  };
});

/** The rows of a case as they are multiplied: scaled, with a 1 after the last column. */
function scaledRows({ rows, columns, x, mean, unit }: LogisticCase): number[][] {
  return Array.from({ length: rows }, (_, i) => [
    ...Array.from({ length: columns }, (_, j) => (x[i * columns + j]! - mean[j]!) / unit[j]!),
    1,
  ]);
}

/** Loss, gradient, curvature along v, and diagonal of the Hessian at w, row by row in plain doubles. */
function logisticTwin(one: LogisticCase) {
  const { outputs, w, v, codes, shares } = one;
  const width = one.columns + 1;
  const [gradient, curve, diagonal] = [w, w, w].map(({ length }) => new Float64Array(length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let value = 0;
  const along = (row: number[], by: Float64Array, k: number) =>
    row.reduce((sum, x, j) => sum + x * by[k * width + j]!, 0);
  for (const [i, row] of scaledRows(one).entries()) {
    const classes = Array.from({ length: Math.max(2, outputs) }, (_, k) => k);
    // Of two classes the first has an output of 0.
    const place = (k: number): number => (outputs === 1 ? k - 1 : k);
    const z = classes.map((k) => (place(k) < 0 ? 0 : along(row, w, place(k))));
    const top = Math.max(...z);
    const sum = z.reduce((all, each) => all + Math.exp(each - top), 0);
    const p = z.map((each) => Math.exp(each - top) / sum);
    const moved = classes.map((k) => (place(k) < 0 ? 0 : along(row, v, place(k))));
    const mean = moved.reduce((all, each, k) => all + p[k]! * each, 0);
    value += shares[i]! * (top + Math.log(sum) - z[codes[i]!]!);
    for (const k of classes.filter((k) => place(k) >= 0))
      for (const [j, x] of row.entries()) {
        const at = place(k) * width + j;
        gradient[at]! += shares[i]! * x * (p[k]! - Number(k === codes[i]));
        curve[at]! += shares[i]! * x * p[k]! * (moved[k]! - mean);
        diagonal[at]! += shares[i]! * x * x * p[k]! * (1 - p[k]!);
      }
  }
  return { value, gradient, curve, diagonal };
}

/** How far a loss and its slopes are from those in plain doubles, as a share of the largest number of each, or of 0.1 where all are smaller. */
export async function logisticGap(loss: Loss, one: LogisticCase): Promise<number> {
  const twin = logisticTwin(one);
  const { value, gradient } = await loss.at(one.w);
  return Math.max(
    apart([value], [twin.value]),
    apart(gradient, twin.gradient),
    apart(await loss.curve(one.v), twin.curve),
    apart(await loss.diagonal(), twin.diagonal),
  );
}

function apart(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  if (found.length !== wanted.length) return Infinity;
  const largest = Math.max(0.1, ...Array.from(wanted, Math.abs));
  const gaps = Array.from(wanted, (value, i) => Math.abs(found[i]! - value) / largest);
  return gaps.some(Number.isNaN) ? Infinity : Math.max(...gaps);
}
