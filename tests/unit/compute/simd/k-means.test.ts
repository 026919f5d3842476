import { expect, test } from "vitest";
import { kMeansOnSimd } from "../../../../src/compute/simd/k-means.ts";
import { kMeansCases, kMeansGap } from "../../../reference/k-means-twin.ts";

test.each(kMeansCases)("k-means of $name steps as its twin does", async (one) => {
  expect(await kMeansGap(kMeansOnSimd(one, one.k), one)).toBeLessThan(2e-6);
});

test("the same rows give the same bits, whatever was in memory before", async () => {
  const one = kMeansCases.at(-1)!;
  const steps = await Promise.all(
    [1, 2].map(async () => {
      const kernel = kMeansOnSimd(one, one.k);
      kernel.setCentres(one.centres);
      await kernel.step();
      return kernel.step();
    }),
  );
  expect(steps[1]).toEqual(steps[0]);
});

test("a row as near to two centres goes to the first", async () => {
  const kernel = kMeansOnSimd({ rows: 2, columns: 1, x: Float32Array.of(0, 5) }, 3);
  kernel.setCentres(Float32Array.of(1, -1, 1));
  expect([...(await kernel.assign()).labels]).toEqual([0, 0]);
});
