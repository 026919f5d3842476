import { expect, test } from "vitest";
import { simdRowProducts } from "../../../../src/compute/simd/row-products.ts";
import { furthest, productCases, productGap, projectionTwin } from "../../../reference/row-products-twin.ts";

const rest = () => Promise.resolve();

test("products of singles are those of the same doubles, to the bit", async () => {
  for (const one of productCases) {
    const singles = Float32Array.from(one.x);
    const [a, b] = [singles, Float64Array.from(singles)].map((x) => simdRowProducts({ ...one, x }, rest));
    expect(furthest(await b!.covariance(), await a!.covariance())).toBe(0);
    expect(furthest(await b!.normal(one.vectors), await a!.normal(one.vectors))).toBe(0);
  }
});

test.each(productCases)("products of $name vectors are their twin's", async (one) => {
  const products = simdRowProducts(one, rest);
  expect(furthest(await products.project(one.vectors), projectionTwin(one))).toBeLessThan(2e-6);
  expect(await productGap(products, one)).toBeLessThan(2e-6);
});
