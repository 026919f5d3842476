import { fillCentred, type CentredRows, type RowProducts } from "../row-products.ts";
import type { Dispatch, Gpu } from "./gpu.ts";
import { openOnGpu } from "./open.ts";
import { writeStretches } from "./row-parts.ts";
import { slabsOf, sumOverSlabs } from "./slabs.ts";
import { summedProduct, tileProduct, type SummedProduct } from "./tile-product.ts";

/** Puts rows, centred and scaled, on the GPU, in as many buffers as it takes. Tiles stand in workgroup memory; sums have a fixed order. `breathe` is awaited after each buffer; `most`: singles to a buffer. */
export function openWgslRowProducts(
  rows: CentredRows,
  breathe: () => Promise<void>,
  most?: number,
): Promise<RowProducts> {
  return openOnGpu((gpu) => open(gpu, rows, breathe, most));
}

async function open(
  gpu: Gpu,
  centred: CentredRows,
  breathe: () => Promise<void>,
  most?: number,
): Promise<RowProducts> {
  const { rows, columns: d } = centred;
  const { slabRows, starts } = slabsOf(gpu, rows, d, most);
  const slabs: GPUBuffer[] = [];
  for (const from of starts) {
    const slab = gpu.buffer(slabRows * d);
    writeStretches(gpu, slab, Math.min(slabRows, rows - from), d, (first, count) => {
      const singles = new Float32Array(count * d);
      fillCentred(centred, from + first, singles, d);
      return singles;
    });
    slabs.push(slab);
    await breathe();
  }
  // Rows as terms: a column of A is a line of Aᵀ.
  const across = { row: d, column: 1 };
  const turned = { row: 1, column: d };

  const overSlabs = (product: SummedProduct, dispatches: (slab: GPUBuffer) => readonly Dispatch[]) =>
    sumOverSlabs(gpu, product, slabs, dispatches, breathe);

  /** What projects a slab on s vectors, and what makes of that Aᵀ(A·v), s×d, and (A·v)ᵀ(A·w), s×s. */
  async function openVectors(s: number) {
    const v = gpu.buffer(s * d);
    const y = gpu.buffer(slabRows * s);
    const [projecting, normal, gram] = await Promise.all([
      tileProduct(gpu, { m: slabRows, n: s, terms: d, left: across, right: turned }),
      summedProduct(gpu, { m: s, n: d, terms: slabRows, left: { row: 1, column: s }, right: across }),
      summedProduct(gpu, {
        m: s,
        n: s,
        terms: slabRows,
        left: { row: 1, column: s },
        right: { row: s, column: 1 },
      }),
    ]);
    const projections = new Map(slabs.map((slab) => [slab, projecting(slab, v, y)]));
    const normals = new Map(slabs.map((slab) => [slab, normal.of(y, slab)]));
    const grams = gram.of(y, y);
    return {
      s,
      set: (vectors: Float64Array) => gpu.write(v, Float32Array.from(vectors)),
      normal: () => overSlabs(normal, (slab) => [projections.get(slab)!, ...normals.get(slab)!]),
      gram: () => overSlabs(gram, (slab) => [projections.get(slab)!, ...grams]),
    };
  }

  let opened: Awaited<ReturnType<typeof openVectors>> | null = null;
  /** Kernels for as many vectors; a fit has always the same number of them. */
  async function withVectors(vectors: Float64Array) {
    const s = vectors.length / d;
    if (opened?.s !== s) opened = await openVectors(s);
    opened.set(vectors);
    return opened;
  }

  return {
    normal: async (vectors) => (await withVectors(vectors)).normal(),
    gram: async (vectors) => (await withVectors(vectors)).gram(),
    async covariance() {
      const squares = await summedProduct(gpu, {
        m: d,
        n: d,
        terms: slabRows,
        left: turned,
        right: across,
      });
      return overSlabs(squares, (slab) => squares.of(slab, slab));
    },
    dispose: () => gpu.dispose(),
  };
}
