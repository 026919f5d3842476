// Everything the module exports, one line a file. Arguments named x, y, out … are addresses in bytes, divisible by 16.
export * from "./activations";
export * from "./als";
export { binColumn, gatherPairs, partitionRows } from "./bins";
export { bprStep } from "./bpr";
export * from "./bpr-sample";
export * from "./cells";
export * from "./class-split";
export { clusterDistances } from "./cluster-distances";
export { addMomentsOfDoubles, addMomentsOfSingles, centreDoubles, centreSingles } from "./columns";
export * from "./dropout";
export * from "./elementwise";
export * from "./gemm";
export * from "./gradient-histogram";
export * from "./item-cosine";
export * from "./k-means";
export * from "./losses";
export * from "./mean-split";
export * from "./mlp";
export { offerScores, placesFrom } from "./nearest";
export * from "./optimizers";
export * from "./recurrent";
export * from "./top-items";

/** The first address that is free for data. */
export function heapBase(): usize {
  return __heap_base;
}
