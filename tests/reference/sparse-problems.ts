import { csrOf, type Csr } from "../../src/compute/csr.ts";
import { seededRandom, type Random } from "../../src/core/random.ts";

/** A random sparse matrix, a name for it, and a source of more chance. */
export interface SparseProblem {
  readonly name: string;
  readonly matrix: Csr;
  readonly factors: number;
  readonly random: Random;
}

/** Users, items, entries drawn (more than once in one place for some), and factors. */
const shapes = [
  [1, 2, 1, 1],
  [1, 9, 4, 3],
  [2, 1, 1, 4],
  [2, 2, 3, 5],
  [3, 3, 4, 8],
  [5, 2, 6, 2],
  [5, 7, 20, 7],
  [8, 8, 32, 16],
  [9, 4, 12, 31],
  [12, 30, 100, 9],
  [16, 16, 60, 32],
  [17, 5, 40, 33],
  [20, 50, 300, 12],
  [31, 33, 200, 64],
  [40, 3, 70, 10],
  [50, 50, 50, 6],
  [64, 20, 640, 24],
  [80, 100, 500, 13],
  [100, 40, 1000, 20],
  [3, 200, 150, 40],
  [150, 90, 2000, 11],
  [200, 1, 60, 5],
  [2, 220, 400, 70],
] as const;

/** Sparse problems of many shapes. Weights are 1, 2 … and, where `signed` is set, below 0 for some. */
export function sparseProblems(signed = false): SparseProblem[] {
  return shapes.map(([rows, columns, entries, factors], seed) => {
    const random = seededRandom(100 + seed);
    const draw = (bound: number) => Int32Array.from({ length: entries }, () => random.integer(bound));
    const weights = Float64Array.from(
      { length: entries },
      () => (1 + random.integer(3)) * (signed && random.next() < 0.2 ? -1 : 1),
    );
    const matrix = csrOf(rows, columns, { rows: draw(rows), columns: draw(columns), values: weights });
    return {
      name: `${rows} × ${columns}, ${matrix.values.length} entries, ${factors} factors`,
      matrix,
      factors,
      random,
    };
  });
}

/** The dense rows of a sparse matrix. */
export function dense({ rows, columns, starts, indices, values }: Csr): number[][] {
  return Array.from({ length: rows }, (_, row) => {
    const line = new Array<number>(columns).fill(0);
    for (let k = starts[row]!; k < starts[row + 1]!; k++) line[indices[k]!] = values[k]!;
    return line;
  });
}

/** The largest difference between two lists, over the largest value, or over `least` where all are smaller. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>, least = 1e-3): number {
  if (a.length !== b.length) return Infinity;
  let [gap, size] = [0, least];
  for (let i = 0; i < a.length; i++) {
    gap = Math.max(gap, Math.abs(a[i]! - b[i]!));
    size = Math.max(size, Math.abs(b[i]!));
  }
  return gap / size;
}
