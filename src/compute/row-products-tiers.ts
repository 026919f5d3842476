import type { Tier } from "./device.ts";
import type { CentredRows, RowProducts } from "./row-products.ts";
import { simdRowProducts } from "./simd/row-products.ts";
import { openWgslRowProducts } from "./wgsl/row-products.ts";

/** Puts rows, centred and scaled, on kernels of our own on that tier. `breathe` is awaited between stretches of rows. */
export async function openRowProducts(
  tier: Tier,
  rows: CentredRows,
  breathe: () => Promise<void>,
): Promise<RowProducts> {
  return tier === "wasm" ? simdRowProducts(rows, breathe) : openWgslRowProducts(rows, breathe);
}
