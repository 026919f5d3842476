import { seededRandom } from "../core/random.ts";
import { normal } from "../core/sampling.ts";

/** Rows of numbers, row-major. */
export interface SpeedRows {
  readonly rows: number;
  readonly columns: number;
  readonly x: Float32Array<ArrayBuffer>;
}

/** Rows around `centres` points that lie √(2·columns)·2 apart on average, each with noise of variance 1. */
export function blobs(rows: number, columns: number, centres: number): SpeedRows {
  const random = seededRandom(1);
  const points = Float32Array.from({ length: centres * columns }, () => 2 * normal(random));
  const x = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const point = random.integer(centres) * columns;
    for (let j = 0; j < columns; j++) x[i * columns + j] = points[point + j]! + normal(random);
  }
  return { rows, columns, x };
}
