import type { Tier } from "./device.ts";
import type { PointSearch, ScoredPoints, SearchSize } from "./nearest.ts";
import { pointsOnSimd } from "./simd/nearest.ts";
import { pointsOnWgsl } from "./wgsl/nearest.ts";

export { mostPlaces } from "./wgsl/nearest-kernels.ts";

/** Puts points on a device, to be searched by queries. */
export async function openPoints(tier: Tier, points: ScoredPoints, size: SearchSize): Promise<PointSearch> {
  return tier === "wasm" ? pointsOnSimd(points) : pointsOnWgsl(points, size);
}

/** Queries whose products cost as much as it does to put the points on the GPU. */
const queriesForUpload = 32;

/** Multiply-adds of a search that the GPU could save: those of all products, less what the way of the points to it costs. */
export function searchWork(
  queries: number,
  { rows, columns }: Pick<ScoredPoints, "rows" | "columns">,
): number {
  return Math.max(0, queries - queriesForUpload) * rows * columns;
}
