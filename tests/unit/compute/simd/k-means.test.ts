import { expect, test } from "vitest";
import { kMeansOnSimd } from "../../../../src/compute/simd/k-means.ts";
import { kMeansPlusPlus } from "../../../../src/compute/simd/k-means-start.ts";
import { seededRandom } from "../../../../src/core/random.ts";
import { kMeansStartTwin } from "../../../reference/k-means-start-twin.ts";
import { kMeansCases, kMeansGap } from "../../../reference/k-means-twin.ts";

const goOn = async (): Promise<boolean> => true;

test.each(kMeansCases)("k-means of $name steps as its twin does", async (one) => {
  expect(await kMeansGap(kMeansOnSimd(one, one.k), one)).toBeLessThan(2e-6);
});

// Whole numbers, so that sums are exact in any order.
test.each(kMeansCases)("k-means++ of $name begins with the rows of its twin", async (one) => {
  const whole = { ...one, x: one.x.map((value) => Math.round(4 * value)) };
  const chosen = await kMeansPlusPlus(whole, Math.min(one.k, one.rows), seededRandom(9), goOn);
  expect([...chosen]).toEqual(kMeansStartTwin(whole, Math.min(one.k, one.rows), seededRandom(9)));
});

test("k-means++ that is stopped has the rows chosen so far, and any others", async () => {
  const data = { rows: 50, columns: 1, x: Float32Array.from({ length: 50 }, (_, i) => i ** 2) };
  const whole = await kMeansPlusPlus(data, 10, seededRandom(9), goOn);
  let breaths = 0;
  // Four rows are looked at for each that is chosen.
  const stopped = await kMeansPlusPlus(data, 10, seededRandom(9), async () => ++breaths <= 9);
  expect([...stopped.subarray(0, 3)]).toEqual([...whole.subarray(0, 3)]);
  expect([new Set(stopped).size, breaths]).toEqual([10, 10]);
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
