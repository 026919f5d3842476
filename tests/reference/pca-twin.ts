import { minstd } from "./minstd.ts";

/** Rows to be taken apart. */
export interface PcaCase {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly x: Float64Array;
}

/** Variances (n − 1) along all axes and the axes, k = d of them, by Jacobi's rotations in plain doubles. */
export function pcaTwin({ rows, columns: d, x }: PcaCase): { variances: number[]; axes: number[][] } {
  const mean = Array.from({ length: d }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += x[i * d + j]!;
    return sum / rows;
  });
  const a = Array.from({ length: d }, (_, p) =>
    Array.from({ length: d }, (_, q) => {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += (x[i * d + p]! - mean[p]!) * (x[i * d + q]! - mean[q]!);
      return sum / (rows - 1);
    }),
  );
  const v = Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_, j) => Number(i === j)));
  for (let sweep = 0; sweep < 12; sweep++)
    for (let p = 0; p < d; p++) for (let q = p + 1; q < d; q++) rotate(a, v, p, q);
  const order = a.map((_, i) => i).sort((i, j) => a[j]![j]! - a[i]![i]!);
  return { variances: order.map((i) => a[i]![i]!), axes: order.map((i) => v[i]!) };
}

/** Makes a[p][q] zero. Rows of v become the axes. */
function rotate(a: number[][], v: number[][], p: number, q: number): void {
  const off = a[p]![q]!;
  if (off === 0) return;
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * off);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (const row of a) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!];
  for (const m of [a, v])
    for (let j = 0; j < m.length; j++)
      [m[p]![j], m[q]![j]] = [c * m[p]![j]! - s * m[q]![j]!, s * m[p]![j]! + c * m[q]![j]!];
}

const shapes: readonly (readonly [rows: number, columns: number])[] = [
  [2, 1],
  [2, 2],
  [2, 5],
  [3, 1],
  [3, 3],
  [4, 7],
  [5, 2],
  [6, 4],
  [7, 9],
  [8, 8],
  [13, 5],
  [16, 3],
  [17, 17],
  [31, 12],
  [33, 6],
  [50, 30],
  [64, 10],
  [65, 13],
  [100, 33],
  [129, 21],
  [257, 7],
  [1025, 11],
];

/** Rows of many shapes, columns of unlike spread; also with equal rows and constant columns. */
export const pcaCases: readonly PcaCase[] = shapes.map(([rows, columns], index) => {
  const next = minstd(index + 1);
  const x = Float64Array.from({ length: rows * columns }, (_, at) => 5 + next() * (1 + (at % columns)));
  if (index % 4 === 1) for (let i = 0; i < rows; i++) x[i * columns] = 1.5;
  if (index % 4 === 2) for (let i = 1; i < rows; i += 2) x.copyWithin(i * columns, 0, columns);
  return { name: `${rows} × ${columns}`, rows, columns, x };
});
