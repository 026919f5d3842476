import { expect, test } from "vitest";
import { openSimd } from "../../../../src/compute/simd/simd.ts";

const x = Float32Array.from({ length: 400 }, (_, i) => (i - 200) / 5);

test.each([
  ["exponential", Math.exp],
  ["sigmoid", (value: number) => 1 / (1 + Math.exp(-value))],
  ["hyperbolicTangent", Math.tanh],
] as const)("%s is the function of that name to single precision", (name, twin) => {
  const simd = openSimd(name);
  const [from, to] = [simd.f32(x), simd.f32(x.length)];
  simd.kernels[name](from.at, to.at, x.length);
  for (const [i, value] of to.view().entries()) {
    const wanted = twin(x[i]!);
    expect(Math.abs(value - wanted)).toBeLessThanOrEqual(4e-7 * Math.max(1, Math.abs(wanted)));
  }
});

test("a kernel that is not there is named", () => {
  expect(() => openSimd("cube")).toThrow(`there is no SIMD kernel "cube"`);
});

test("blocks keep what they hold while more memory is taken", () => {
  const simd = openSimd();
  const first = simd.f32([1, 2, 3]);
  const second = simd.f64(1_000_000);
  expect([...first.view()]).toEqual([1, 2, 3]);
  expect(second.at).toBeGreaterThanOrEqual(first.at + 12);
  expect(second.view().every((value) => value === 0)).toBe(true);
});

test("memory that cannot be had is an error that says how much", () => {
  const simd = openSimd();
  expect(() => simd.f64(2 ** 29)).toThrow(/needs \d+ MB on the CPU/);
});
