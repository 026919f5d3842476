import type { BprTraining } from "../bpr.ts";
import type { Csr } from "../csr.ts";
import type { Simd } from "./simd.ts";

/** What opens a sampler. */
export type SamplerSimd = Simd<"bprMark" | "bprSample">;

/** Makes draws `from` to `to` of the epoch of that key; gives how many were not left out. */
export type BprSampler = (key: number, from: number, to: number) => number;

/** Draws of four words each at `triples`: row of the user, of the item liked, of the other, items standing below users; and nothing. */
export function bprSampler(simd: SamplerSimd, training: BprTraining, triples: number): BprSampler {
  const { userItems, negatives, batchSize, verifyNegativeSamples } = training;
  const pairs = userItems.indices.length;
  const { likes, shares, named } = packed(userItems);
  const [likesAt, sharesAt, namedAt] = [likes, shares, named].map((words) => simd.i32(words).at);
  const starts = simd.i32(userItems.starts).at;
  const shared = negatives === userItems.indices;
  const others = shared ? likesAt! : simd.i32(negatives).at;
  const marks = verifyNegativeSamples ? simd.u8(2 * pairs).at : 0;
  const bucketBits = Math.max(Math.ceil(Math.log2(batchSize)), 1);
  const words = simd.i32(4 * batchSize + 1).at;
  const buckets = simd.i32(2 ** bucketBits).at;
  if (marks) simd.kernels.bprMark(marks, pairs, likesAt!, sharesAt!, namedAt!, starts);
  return (key, from, to) =>
    simd.kernels.bprSample(
      triples,
      key,
      from,
      to,
      pairs,
      likesAt!,
      sharesAt!,
      namedAt!,
      starts,
      userItems.rows,
      others,
      shared ? shareBits : 0,
      negatives.length,
      marks,
      words,
      buckets,
      32 - bucketBits,
    );
}

/** Bits of a like that say how far its user is from the first of 64 likes; what is left for items is more than memory has room for. */
const shareBits = 6;

/** Likes in a word each, as `bprSample` has them, so that few lines of memory hold them. */
function packed({ rows, starts, indices }: Csr): Record<"likes" | "shares" | "named", Int32Array> {
  const likes = new Int32Array(indices.length);
  const shares = new Int32Array(Math.ceil(indices.length / 2 ** shareBits));
  const named: number[] = [];
  let share = 0;
  for (let user = 0; user < rows; user++) {
    if (starts[user] === starts[user + 1]) continue;
    const place = named.push(user) - 1;
    for (let like = starts[user]!; like < starts[user + 1]!; like++) {
      if (like % 2 ** shareBits === 0) shares[like >> shareBits] = share = place;
      likes[like] = (indices[like]! << shareBits) | (place - share);
    }
  }
  return { likes, shares, named: Int32Array.from(named) };
}
