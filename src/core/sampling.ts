import { exp, log } from "./math.ts";
import type { Random } from "./random.ts";

/** A draw from Normal(0, 1), by the polar method. Source: Marsaglia & Bray 1964. */
export function normal(random: Random): number {
  for (;;) {
    const u = 2 * random.next() - 1;
    const v = 2 * random.next() - 1;
    const s = u * u + v * v;
    if (s < 1 && s > 0) return u * Math.sqrt((-2 * log(s)) / s);
  }
}

/** A draw from Exponential(rate), mean 1 / rate. */
export function exponential(rate: number, random: Random): number {
  return -log(1 - random.next()) / rate;
}

/** A draw from Gamma(shape, rate), mean shape / rate. Source: Marsaglia & Tsang 2000. */
export function gamma(shape: number, rate: number, random: Random): number {
  if (shape < 1) return gamma(shape + 1, rate, random) * exp(log(1 - random.next()) / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const cube = (1 + c * x) * (1 + c * x) * (1 + c * x);
    if (cube <= 0) continue;
    if (log(1 - random.next()) < 0.5 * x * x + d * (1 - cube + log(cube))) return (d * cube) / rate;
  }
}

/** A draw from Beta(a, b), mean a / (a + b). */
export function beta(a: number, b: number, random: Random): number {
  const x = gamma(a, 1, random);
  return x / (x + gamma(b, 1, random));
}

/** A draw from Geometric(p): trials up to and with the first success, mean 1 / p. */
export function geometric(p: number, random: Random): number {
  if (p >= 1) return 1;
  return Math.max(1, Math.ceil(log(1 - random.next()) / log(1 - p)));
}

/** One of `options`, each as likely as its weight says. */
export function choice<T>(
  options: readonly { readonly value: T; readonly weight: number }[],
  random: Random,
): T {
  const total = options.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.next() * total;
  for (const { value, weight } of options) {
    left -= weight;
    if (left < 0) return value;
  }
  return options[options.length - 1]!.value;
}
