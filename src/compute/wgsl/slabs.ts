import type { Dispatch, Gpu } from "./gpu.ts";
import type { SummedProduct } from "./tile-product.ts";

/** Most singles of a slab: 128 MB, so that no submit takes long. */
const mostSingles = 2 ** 25;

/** Rows cut into slabs of as many rows each, the last filled up with zeroes: one for each buffer they need. */
export interface Slabs {
  readonly slabRows: number;
  /** The first row of each slab. */
  readonly starts: readonly number[];
}

/** How rows of `width` singles go into buffers that the device has, of at most `most` singles; one row at least. */
export function slabsOf(gpu: Gpu, rows: number, width: number, most = mostSingles): Slabs {
  const room = Math.min(most, gpu.mostBytes / 4);
  const count = Math.ceil(rows / Math.max(1, Math.floor(room / width)));
  const slabRows = Math.ceil(rows / count);
  return { slabRows, starts: Array.from({ length: Math.ceil(rows / slabRows) }, (_, i) => i * slabRows) };
}

/** The sum of a product over all slabs, in their order. `breathe` is awaited after each. */
export async function sumOverSlabs<Slab>(
  gpu: Gpu,
  product: SummedProduct,
  slabs: readonly Slab[],
  dispatches: (slab: Slab) => readonly Dispatch[],
  breathe: () => Promise<void> = () => Promise.resolve(),
): Promise<Float64Array> {
  const sum = new Float64Array(product.length);
  for (const slab of slabs) {
    gpu.submit(dispatches(slab));
    for (const [i, value] of (await product.read()).entries()) sum[i]! += value;
    await breathe();
  }
  return sum;
}
