import { expect, test } from "vitest";
import { simdRowProducts } from "../../../../src/compute/simd/row-products.ts";
import { furthest, productCases, productGap, projectionTwin } from "../../../reference/row-products-twin.ts";

const rest = () => Promise.resolve();

test.each(productCases)("products of $name vectors are their twin's", async (one) => {
  const products = simdRowProducts(one, rest);
  expect(furthest(await products.project(one.vectors), projectionTwin(one))).toBeLessThan(2e-6);
  expect(await productGap(products, one)).toBeLessThan(2e-6);
});
