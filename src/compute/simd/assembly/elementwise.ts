import { exp, logistic, tanh } from "./lanes";

/** out ← eˣ for n numbers, n divisible by 4. */
export function exponential(x: usize, out: usize, n: i32): void {
  for (let i = 0; i < n << 2; i += 16) v128.store(out + i, exp(v128.load(x + i)));
}

/** out ← 1 / (1 + e⁻ˣ) for n numbers, n divisible by 4. */
export function sigmoid(x: usize, out: usize, n: i32): void {
  for (let i = 0; i < n << 2; i += 16) v128.store(out + i, logistic(v128.load(x + i)));
}

/** out ← tanh x for n numbers, n divisible by 4. */
export function hyperbolicTangent(x: usize, out: usize, n: i32): void {
  for (let i = 0; i < n << 2; i += 16) v128.store(out + i, tanh(v128.load(x + i)));
}
