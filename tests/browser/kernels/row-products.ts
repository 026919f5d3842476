import { openRowProducts } from "../../../src/compute/row-products-tiers.ts";
import { openWgslRowProducts } from "../../../src/compute/wgsl/row-products.ts";
import { PCA, type PCAParams } from "../../../src/library/index.ts";
import { Matrix } from "../../../src/data/matrix.ts";
import { lowRank } from "../../reference/minstd.ts";
import { productCases, productGap } from "../../reference/row-products-twin.ts";
import type { Gaps } from "./gaps.ts";
import { sampleOf } from "./sample.ts";

const rest = (): Promise<void> => Promise.resolve();

/** Cases beside their twins in three buffers; where the tests are full, every one and in a single buffer too. */
export async function rowProducts(full: boolean): Promise<Gaps> {
  const gaps: [string, number][] = [];
  for (const one of sampleOf(productCases, full, 1, 7))
    for (const most of [Math.ceil(one.rows / 3) * one.columns, ...(full ? [undefined] : [])]) {
      const products = await openWgslRowProducts(one, rest, most);
      gaps.push([`${one.name} of ${most ?? "all"}`, await productGap(products, one)]);
      products.dispose();
    }
  return gaps;
}

/** A second run, and principal axes beside those of the SIMD tier. */
export async function rowProductsAgain(): Promise<Gaps> {
  const one = productCases.find(({ rows }) => rows === 4099)!;
  const run = async (): Promise<string> => {
    const products = await openRowProducts("webgpu", one, rest);
    const found = [...(await products.normal(one.vectors)), ...(await products.covariance())];
    products.dispose();
    return found.join();
  };
  const gaps: [string, number][] = [["a second run has other bits", Number((await run()) !== (await run()))]];
  const X = new Matrix(lowRank(5, 600, 40, 6, 0.05), 600, 40);
  for (const svdSolver of ["covariance_eigh", "randomized"] as const) {
    const params: PCAParams = { nComponents: 5, svdSolver };
    const gpu = await new PCA({ ...params, device: "webgpu" }).fit(X);
    const cpu = await new PCA({ ...params, device: "wasm" }).fit(X);
    const apart = gpu.singularValues.map((value, i) => Math.abs(value / cpu.singularValues[i]! - 1));
    gaps.push([`${svdSolver}: singular values over 1e-4 apart`, Number(!(Math.max(...apart) <= 1e-4))]);
    const turned = gpu.components.data.map((value, i) => Math.abs(value - cpu.components.data[i]!));
    gaps.push([`${svdSolver}: axes over 1e-3 apart`, Number(!(Math.max(...turned) <= 1e-3))]);
  }
  return gaps;
}
