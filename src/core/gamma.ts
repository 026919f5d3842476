const epsilon = 2 ** -53;

/** Coefficients B₂ₖ / (2k (2k − 1)) of Stirling's series for log Γ. */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400];

/** Regularised upper incomplete gamma Q(a, x) = Γ(a, x) / Γ(a), in [0, 1], for a > 0 and x ≥ 0, to about 1e-13 relative. Source: DLMF 8.7.1, 8.9.2. */
export function upperGamma(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) throw new RangeError(`upperGamma: expected a > 0 and x ≥ 0, got ${a} and ${x}`);
  if (x === 0) return 1;
  if (x === Infinity) return 0;
  return x < a + 1 ? 1 - density(a, x) * series(a, x) : density(a, x) * a * fraction(a, x);
}

/** log Γ(x + 1) − (x log x − x + ½ log 2πx): what Stirling's formula leaves out, for x > 0. Source: DLMF 5.11.1. */
function stirlingError(x: number): number {
  // Below 16 the series is not exact: step up with Γ(x + 2) = (x + 1) Γ(x + 1).
  if (x < 16) return stirlingError(x + 1) + (x + 0.5) * Math.log1p(1 / x) - 1;
  const inverse = 1 / (x * x);
  return stirling.reduceRight((sum, coefficient) => sum * inverse + coefficient, 0) / x;
}

/** xᵃ e⁻ˣ / Γ(a + 1) without the cancellation of its large logarithms. Source: Loader 2000. */
function density(a: number, x: number): number {
  return Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a);
}

/** a log(a / x) + x − a, by its series where a and x are close. */
function deviance(a: number, x: number): number {
  if (Math.abs(a - x) >= 0.1 * (a + x)) return a * Math.log(a / x) + x - a;
  const v = (a - x) / (a + x);
  let sum = (a - x) * v;
  let term = 2 * a * v;
  for (let k = 1; ; k++) {
    term *= v * v;
    const next = sum + term / (2 * k + 1);
    if (next === sum) return sum;
    sum = next;
  }
}

/** Σ xᵏ / ((a + 1) … (a + k)), the lower incomplete gamma over its density; for x < a + 1. */
function series(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * epsilon; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return sum;
}

/** Γ(a, x) / (xᵃ e⁻ˣ) by its continued fraction (Lentz's method), for x ≥ a + 1. */
function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let value = d;
  for (let k = 1; ; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const step = c * d;
    value *= step;
    if (Math.abs(step - 1) <= 2 * epsilon) return value;
  }
}
