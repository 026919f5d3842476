import type { BprTraining } from "../bpr.ts";
import { rowOfEach } from "../csr.ts";
import type { Simd } from "./simd.ts";

/** What opens a sampler. */
export type SamplerSimd = Simd<"bprMark" | "bprSample">;

/** Makes draws `from` to `to` of the epoch of that key; gives how many were not left out. */
export type BprSampler = (key: number, from: number, to: number) => number;

/** Draws of four words each at `triples`: row of the user, of the item liked, of the other, items standing below users; and nothing. */
export function bprSampler(simd: SamplerSimd, training: BprTraining, triples: number): BprSampler {
  const { userItems, negatives, verifyNegativeSamples } = training;
  const pairs = userItems.indices.length;
  const users = simd.i32(rowOfEach(userItems)).at;
  const items = simd.i32(userItems.indices).at;
  const starts = simd.i32(userItems.starts).at;
  const others = negatives === userItems.indices ? items : simd.i32(negatives).at;
  // 16 bits a like and more, so that one look tells most pairs that are none.
  const bits = Math.min(Math.max(Math.ceil(Math.log2(pairs)) + 4, 5), 31);
  const marks = simd.i32(2 ** (bits - 5)).at;
  if (verifyNegativeSamples) simd.kernels.bprMark(marks, 32 - bits, pairs, users, items);
  return (key, from, to) =>
    simd.kernels.bprSample(
      triples,
      key,
      from,
      to,
      pairs,
      users,
      items,
      starts,
      userItems.rows,
      others,
      negatives.length,
      marks,
      32 - bits,
    );
}
