import { transposed, type Csr } from "../csr.ts";
import { openSimd } from "./simd.ts";

/** The most similar items of each item, k places an item: best first, then places of −1 and 0 where there are fewer. */
export interface Neighbours {
  readonly k: number;
  readonly ids: Int32Array;
  readonly similarities: Float32Array;
}

/** Products of weights between two breaths: about two milliseconds of work. */
const workPerBreath = 1e6;

/**
 * The k items most similar to each, by the cosine of their columns of weights: Σᵤ wᵤᵢwᵤⱼ / √(Σᵤ wᵤᵢ² Σᵤ wᵤⱼ²) over users u, above 0; not
 * itself; ties to the lowest. `breathe` is awaited between pieces of work, with how many items are done.
 */
export async function cosineNeighbours(
  userItems: Csr,
  k: number,
  breathe: (done: number) => Promise<void>,
): Promise<Neighbours> {
  const simd = openSimd("cosineNeighbours");
  const items = userItems.columns;
  const itemUsers = transposed(userItems);
  const byItem = [
    simd.i32(itemUsers.starts).at,
    simd.i32(itemUsers.indices).at,
    simd.f64(itemUsers.values).at,
  ] as const;
  const byUser = [
    simd.i32(userItems.starts).at,
    simd.i32(userItems.indices).at,
    simd.f64(userItems.values).at,
  ] as const;
  // One place more is written than is kept.
  const [norms, sums, seen] = [
    simd.f64(columnNorms(userItems)).at,
    simd.f64(items).at,
    simd.i32(items + 1).at,
  ];
  const [ids, similarities] = [simd.i32(items * k), simd.f32(items * k)];
  for (let from = 0, to = 0; from < items; from = to) {
    for (let work = 0; to < items && work < workPerBreath; to++) work += workOf(userItems, itemUsers, to);
    const at = from * k * 4;
    simd.kernels.cosineNeighbours(
      ...byItem,
      ...byUser,
      norms,
      sums,
      seen,
      from,
      to,
      k,
      ids.at + at,
      similarities.at + at,
    );
    await breathe(to);
  }
  return { k, ids: ids.view().slice(), similarities: similarities.view().slice() };
}

function columnNorms({ columns, indices, values }: Csr): Float64Array {
  const squares = new Float64Array(columns);
  for (let k = 0; k < indices.length; k++) squares[indices[k]!]! += values[k]! * values[k]!;
  return squares.map(Math.sqrt);
}

function workOf({ starts }: Csr, itemUsers: Csr, item: number): number {
  let work = 1;
  for (let e = itemUsers.starts[item]!; e < itemUsers.starts[item + 1]!; e++) {
    const user = itemUsers.indices[e]!;
    work += starts[user + 1]! - starts[user]!;
  }
  return work;
}
