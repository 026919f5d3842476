import { minstd } from "./minstd.ts";

/** Rows to be searched, and rows whose neighbours are sought. */
export interface NeighboursCase {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly k: number;
  readonly x: number[][];
  readonly queries: number[][];
}

/** The k nearest rows of each query by sorting all distances, ties to the lowest index. Without queries those of the rows, each without itself. */
export function neighboursTwin(
  { x, k }: Pick<NeighboursCase, "x" | "k">,
  metric: "euclidean" | "cosine",
  queries?: readonly number[][],
): { distances: number[][]; indices: number[][] } {
  const distance = metric === "cosine" ? cosine : euclidean;
  const found = (queries ?? x).map((query, own) =>
    x
      .map((row, i) => ({ i, distance: distance(query, row) }))
      .filter(({ i }) => queries || i !== own)
      .sort((a, b) => a.distance - b.distance || a.i - b.i)
      .slice(0, k),
  );
  return {
    distances: found.map((list) => list.map((one) => one.distance)),
    indices: found.map((list) => list.map(({ i }) => i)),
  };
}

function euclidean(a: readonly number[], b: readonly number[]): number {
  return Math.sqrt(a.reduce((sum, value, j) => sum + (value - b[j]!) ** 2, 0));
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const length = (row: readonly number[]) =>
    Math.sqrt(row.reduce((sum, value) => sum + value * value, 0)) || 1;
  const [la, lb] = [length(a), length(b)];
  const sum = a.reduce((total, value, j) => total + (value / la) * (b[j]! / lb), 0);
  return Math.min(Math.max(1 - sum, 0), 2);
}

const shapes: readonly (readonly [rows: number, columns: number, k: number])[] = [
  [1, 1, 1],
  [2, 1, 1],
  [3, 2, 2],
  [4, 4, 3],
  [5, 3, 4],
  [7, 9, 2],
  [8, 8, 7],
  [13, 2, 12],
  [16, 5, 3],
  [31, 7, 30],
  [32, 16, 5],
  [33, 1, 8],
  [64, 33, 10],
  [65, 6, 20],
  [100, 4, 1],
  [127, 12, 33],
  [129, 3, 5],
  [200, 2, 50],
  [255, 20, 9],
  [256, 10, 16],
  [257, 11, 20],
  [300, 64, 25],
  [513, 5, 40],
  [700, 3, 6],
];

/** Rows of many shapes: by turns random, of few whole numbers so that many distances tie, with equal rows, and with columns of sizes far apart. */
export const neighboursCases: readonly NeighboursCase[] = shapes.map(([rows, columns, k], index) => {
  const next = minstd(index + 1);
  const draw = (j: number): number => {
    if (index % 4 === 1) return Math.round(1.5 * next());
    return 3 + next() * (index % 4 === 3 ? 10 ** (4 * (j % 3)) : 1);
  };
  const row = () => Array.from({ length: columns }, (_, j) => draw(j));
  const x = Array.from({ length: rows }, row);
  if (index % 4 === 2) for (let i = 1; i < rows; i++) if (i % 3) x[i] = x[i - (i % 3)]!;
  const queries = [...Array.from({ length: 9 }, row), x[rows - 1]!, new Array<number>(columns).fill(0)];
  return { name: `${rows} × ${columns}, k = ${k}`, rows, columns, k, x, queries };
});
