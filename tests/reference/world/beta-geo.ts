import { logGamma } from "./log-gamma.ts";
import { nelderMead } from "./nelder-mead.ts";

/** What BG/NBD knows of customers: x repeat purchases, the last at t_x, all seen for T, in one unit of time. */
export interface Histories {
  readonly x: ArrayLike<number>;
  readonly tx: ArrayLike<number>;
  readonly T: ArrayLike<number>;
}

/** λ ~ Gamma(r, α), p ~ Beta(a, b). */
export interface BetaGeo {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/**
 * Log-likelihood of BG/NBD, summed over customers:
 * L(x, t_x, T) = B(a, b + x) / B(a, b) · Γ(r + x) αʳ / (Γ(r) (α + T)^(r + x)) + [x > 0] B(a + 1, b + x − 1) / B(a, b) · Γ(r + x) αʳ / (Γ(r) (α + t_x)^(r + x)).
 * Source: Fader, Hardie & Lee 2005, eq. 6.
 */
export function betaGeoLogLikelihood({ r, alpha, a, b }: BetaGeo, { x, tx, T }: Histories): number {
  const perCount: number[] = [];
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const n = x[i]!;
    // All that depends on the count alone; counts repeat, customers are many.
    const common = (perCount[n] ??=
      logGamma(r + n) -
      logGamma(r) +
      r * Math.log(alpha) +
      logGamma(b + n) -
      logGamma(b) +
      logGamma(a + b) -
      logGamma(a + b + n));
    const alive = -(r + n) * Math.log(alpha + T[i]!);
    if (n === 0) {
      sum += common + alive;
      continue;
    }
    const left = Math.log(a / (b + n - 1)) - (r + n) * Math.log(alpha + tx[i]!);
    const most = Math.max(alive, left);
    sum += common + most + Math.log(Math.exp(alive - most) + Math.exp(left - most));
  }
  return sum;
}

/** The maximum-likelihood parameters of BG/NBD, and their log-likelihood. `start` is where the search begins. */
export function fitBetaGeo(
  histories: Histories,
  start: BetaGeo,
): BetaGeo & { readonly logLikelihood: number } {
  const parameters = ([r, alpha, a, b]: readonly number[]): BetaGeo => ({
    r: Math.exp(r!),
    alpha: Math.exp(alpha!),
    a: Math.exp(a!),
    b: Math.exp(b!),
  });
  const { x, value } = nelderMead(
    (point) => -betaGeoLogLikelihood(parameters(point), histories),
    [start.r, start.alpha, start.a, start.b].map(Math.log),
    { tolerance: 1e-7 },
  );
  return { ...parameters(x), logLikelihood: -value };
}

/**
 * Purchases expected of a customer in the next t, given x, t_x and T:
 * (a + b + x − 1) / (a − 1) · [1 − ((α + T) / (α + T + t))^(r + x) ₂F₁(r + x, b + x; a + b + x − 1; t / (α + T + t))] / (1 + [x > 0] a / (b + x − 1) ((α + T) / (α + t_x))^(r + x)).
 * Source: Fader, Hardie & Lee 2005, eq. 10.
 */
export function expectedPurchases(
  { r, alpha, a, b }: BetaGeo,
  t: number,
  { x, tx, T }: { readonly x: number; readonly tx: number; readonly T: number },
): number {
  const whole = alpha + T + t;
  const stay = (alpha + T) / whole;
  const numerator =
    ((a + b + x - 1) / (a - 1)) *
    (1 - Math.pow(stay, r + x) * hypergeometric(r + x, b + x, a + b + x - 1, t / whole));
  const left = x > 0 ? (a / (b + x - 1)) * Math.pow((alpha + T) / (alpha + tx), r + x) : 0;
  return numerator / (1 + left);
}

/** ₂F₁(a, b; c; z) by its series, for 0 ≤ z < 1. */
function hypergeometric(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 0; n < 100_000; n++) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
    sum += term;
    if (Math.abs(term) < 1e-14 * Math.abs(sum)) break;
  }
  return sum;
}
