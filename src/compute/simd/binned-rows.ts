import type { Random } from "../../core/random.ts";
import { columnBins, type ColumnBins } from "../bins.ts";
import type { Block, Simd } from "./simd.ts";

/** Rows that decide the bins of a column, where there are more. */
const sampleSize = 200_000;

/** A matrix of doubles, row after row. */
export interface DenseRows {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** The kernels that `binRows` and `BinnedRows` call. */
export type BinKernel = "binColumn" | "partitionRows";

/** Rows of which each value is a byte, the number of its bin; 255 is missing. */
export interface BinnedRows {
  readonly rows: number;
  readonly columns: number;
  readonly bins: readonly ColumnBins[];
  /** Whether a column has missing values. */
  readonly missing: Uint8Array;
  /** The rows as trees order them: each node's stand together. */
  readonly order: Block<Int32Array>;
  /** Address of the bins of four columns, those of each row in one word. */
  words(group: number): number;
  /** Address of the bin of row 0 in that column; the other rows' follow every 4 bytes. */
  column(column: number): number;
  /** Parts order[from … to) in rows up to that bin, and those beyond it; gives where these begin. */
  partition(from: number, to: number, column: number, bin: number, missingLeft: boolean): number;
}

/**
 * Cuts each column of x into at most maxBins bins and puts every value into its own; NaN is missing. Of more than 200,000 rows a
 * random sample decides where to cut. null where `breathe`, awaited now and then, gives false.
 */
export async function binRows(
  simd: Simd<BinKernel>,
  x: DenseRows,
  maxBins: number,
  random: Random,
  breathe: () => Promise<boolean>,
): Promise<BinnedRows | null> {
  const { rows, columns } = x;
  const words = simd.u8(Math.ceil(columns / 4) * rows * 4);
  const order = simd.i32(rows);
  const scratch = simd.i32(rows);
  const values = simd.f64(rows);
  const padded = simd.f64(256);
  const sample = rows > sampleSize ? sampled(rows, random) : null;
  const bins: ColumnBins[] = [];
  const missing = new Uint8Array(columns);
  const column = (j: number): number => words.at + (j >> 2) * rows * 4 + (j & 3);
  for (let j = 0; j < columns; j++) {
    if (!(await breathe())) return null;
    const view = values.view();
    for (let i = 0; i < rows; i++) {
      view[i] = x.data[i * columns + j]!;
      if (Number.isNaN(view[i])) missing[j] = 1;
    }
    const found = sample ? sampledBins(view, sample, maxBins) : columnBins(view, maxBins);
    bins.push(found);
    padded.view().fill(Infinity).set(found.thresholds);
    simd.kernels.binColumn(values.at, rows, padded.at, column(j));
  }
  return {
    rows,
    columns,
    bins,
    missing,
    order,
    column,
    words: (group) => words.at + group * rows * 4,
    partition: (from, to, j, bin, missingLeft) =>
      simd.kernels.partitionRows(order.at, from, to, scratch.at, column(j), bin, missingLeft ? 1 : 0),
  };
}

function sampled(rows: number, random: Random): Uint32Array {
  return Uint32Array.from({ length: sampleSize }, () => random.integer(rows));
}

/** Bins that a sample decides; as it need not hold the extremes of a bin, its thresholds stand for them. */
function sampledBins(values: Float64Array, sample: Uint32Array, maxBins: number): ColumnBins {
  const chosen = Float64Array.from(sample, (row) => values[row]!);
  const { thresholds } = columnBins(chosen, maxBins);
  const edges = [...thresholds, Infinity];
  return {
    thresholds,
    highest: Float64Array.from(edges),
    lowest: Float64Array.from([-Infinity, ...thresholds]),
  };
}
