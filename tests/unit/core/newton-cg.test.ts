import { expect, test } from "vitest";
import { newtonCg, type Convex } from "../../../src/core/newton-cg.ts";
import { quadraticForm } from "../../../src/core/quadratic-form.ts";

const now = () => Promise.resolve();

/** Σ log cosh(sᵢ (wᵢ − i)): flat far away, so that a full Newton step overshoots. */
function wells(scales: readonly number[]): Convex {
  let here: Float64Array = new Float64Array(scales.length);
  const slope = (i: number) => Math.tanh(scales[i]! * (here[i]! - i));
  return {
    size: scales.length,
    at: (w) => {
      here = w;
      const value = scales.reduce((sum, s, i) => sum + Math.log(Math.cosh(s * (w[i]! - i))), 0);
      return { value, gradient: Float64Array.from(scales, (s, i) => s * slope(i)) };
    },
    curve: (v) => Float64Array.from(scales, (s, i) => s * s * (1 - slope(i) ** 2) * v[i]!),
    diagonal: () => Float64Array.from(scales, (s, i) => s * s * (1 - slope(i) ** 2)),
  };
}

test("Newton steps reach the minimum from where a full step would overshoot", async () => {
  const scales = [1, 0.1, 3];
  const found = await newtonCg(
    wells(scales),
    Float64Array.of(2, -8, 3),
    { tolerance: 1e-12, iterations: 100 },
    now,
  );
  expect(found.converged).toBe(true);
  for (const [i, w] of found.at.entries()) expect(w).toBeCloseTo(i, 9);
});

test("a search that may take one step says that it has not converged", async () => {
  const found = await newtonCg(
    wells([1, 0.1]),
    Float64Array.of(2, -8),
    { tolerance: 1e-12, iterations: 1 },
    now,
  );
  expect(found).toMatchObject({ converged: false, iterations: 1 });
});

test("a pause that rejects ends the search", async () => {
  const stop = () => Promise.reject(new DOMException("stopped", "AbortError"));
  const search = newtonCg(wells([1]), Float64Array.of(2), { tolerance: 1e-12, iterations: 100 }, stop);
  await expect(search).rejects.toThrow("stopped");
});

test("a quadratic form leaves out the direction in which its matrix is 0", () => {
  // V = diag(2, 4) on the plane, with a third row that is minus the sum of the others.
  const V = Float64Array.of(2, 0, -2, 0, 4, -4, -2, -4, 6);
  const { value, rank } = quadraticForm(V, Float64Array.of(1, 2, -3));
  expect(rank).toBe(2);
  expect(value).toBeCloseTo(1 / 2 + 4 / 4, 12);
});
