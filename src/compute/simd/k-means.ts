import { pacer } from "../../core/pause.ts";
import type { KMeansAssignment, KMeansKernel, KMeansRows, KMeansStep } from "../k-means.ts";
import { padRows, paddedWidth, unpadRows } from "../padded-rows.ts";
import { openSimd } from "./simd.ts";

/** Rows between two looks at the clock: a few milliseconds of work. */
const rowsAtOnce = 16_384;

/** K-means in SIMD wasm: the largest x·c − ½|c|² finds the nearest centre, sums of rows are doubles. */
export function kMeansOnSimd({ rows, columns, x }: KMeansRows, k: number): KMeansKernel {
  const simd = openSimd("nearestCentres", "packCentres", "addToCentres");
  const { nearestCentres, packCentres, addToCentres } = simd.kernels;
  const width = paddedWidth(columns);
  const blocks = Math.ceil(k / 8);
  const data = simd.f32(padRows(x, rows, columns));
  const centres = simd.f32(k * width);
  const packed = simd.f32(blocks * 8 * width);
  const offsets = simd.f32(blocks * 8);
  const labels = simd.i32(rows);
  const distances = simd.f32(rows);
  const sums = simd.f64(k * width);
  const counts = simd.i32(k);
  // One for all passes: short ones too must let Stop be heard.
  const rest = pacer(30);

  /** Assigns all rows, a stretch at a time; `each` is called after each stretch. */
  async function assignAll(each: (from: number, count: number) => void): Promise<number> {
    packCentres(centres.at, k, width, packed.at, offsets.at, blocks);
    let inertia = 0;
    for (let from = 0; from < rows; from += rowsAtOnce) {
      const count = Math.min(rowsAtOnce, rows - from);
      inertia += nearestCentres(
        data.at + from * width * 4,
        count,
        width,
        centres.at,
        packed.at,
        offsets.at,
        blocks,
        labels.at + from * 4,
        distances.at + from * 4,
      );
      each(from, count);
      await rest();
    }
    return inertia;
  }

  return {
    dispatches: 2,
    setRows: (given) => data.view().set(padRows(given, rows, columns)),
    setCentres: (given) => centres.view().set(padRows(given, k, columns)),
    async step(): Promise<KMeansStep> {
      sums.view().fill(0);
      counts.view().fill(0);
      const inertia = await assignAll((from, count) =>
        addToCentres(data.at + from * width * 4, count, width, labels.at + from * 4, sums.at, counts.at),
      );
      const [sum, number, centre] = [sums.view(), counts.view(), centres.view()];
      for (let c = 0; c < k; c++)
        if (number[c]!) for (let j = c * width; j < (c + 1) * width; j++) centre[j] = sum[j]! / number[c]!;
      return { inertia, counts: number.slice(), centres: unpadRows(centre, k, columns) };
    },
    async assign(): Promise<KMeansAssignment> {
      const inertia = await assignAll(() => undefined);
      return { inertia, labels: labels.view().slice(), distances: distances.view().slice() };
    },
    dispose: () => undefined,
  };
}
