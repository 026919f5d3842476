// Math.exp, Math.log and Math.sin differ between engines in the last bit; these use only operations that IEEE 754 rounds alike everywhere.

const ln2High = 6.9314718036912381649e-1;
const ln2Low = 1.90821492927058770002e-10;
const bits = new Float64Array(1);
const words = new Uint32Array(bits.buffer);

/** eˣ, within 1 ulp, the same on every machine: 2ᵏ · e^r with x = k ln 2 + r, |r| ≤ ln 2 / 2, and the Taylor series of e^r. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const k = Math.round(x / Math.LN2);
  const high = x - k * ln2High;
  const low = k * ln2Low;
  const r = high - low;
  let tail = 0;
  for (let n = 14; n >= 2; n--) tail = (r * (1 + tail)) / n;
  // tail = (e^r − 1 − r) / r, and what r lost in rounding comes back in the last sum.
  return scale(1 + (tail * r - (low - (high - r)) + r), k);
}

/** ln x, within 1 ulp, the same on every machine: k ln 2 + ln m with x = 2ᵏ m, and the series of 2 artanh((m − 1) / (m + 1)). */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  const subnormal = x < 2.2250738585072014e-308;
  bits[0] = subnormal ? x * 18014398509481984 : x;
  let k = (words[1]! >>> 20) - 1023 - (subnormal ? 54 : 0);
  words[1] = (words[1]! & 0xfffff) | 0x3ff00000;
  let m = bits[0];
  if (m > Math.SQRT2) {
    m /= 2;
    k++;
  }
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  let series = 0;
  for (let n = 23; n >= 3; n -= 2) series = z * (series + 2 / n);
  const half = 0.5 * f * f;
  return k * ln2High - (half - (s * (half + series) + k * ln2Low) - f);
}

const halfPi = [1.57079632673412561417, 6.0771005063039659766e-11, 2.02226624879595063154e-21] as const;

/** sin x for |x| ≤ 10⁶, within 1 ulp away from its zeros, the same on every machine. */
export function sin(x: number): number {
  if (!(Math.abs(x) <= 1e6)) throw new RangeError(`sin: expected a number within ±10⁶, got ${x}`);
  const k = Math.round(x / (Math.PI / 2));
  const first = x - k * halfPi[0];
  const second = first - k * halfPi[1];
  const r = second - k * halfPi[2];
  const lost = second - r - k * halfPi[2] + (first - second - k * halfPi[1]);
  const quarter = k & 3;
  const value = quarter & 1 ? cosine(r, lost) : sine(r, lost);
  return quarter & 2 ? -value : value;
}

function sine(r: number, lost: number): number {
  const z = r * r;
  let series = 0;
  for (let n = 19; n >= 3; n -= 2) series = (-z / (n * (n - 1))) * (1 + series);
  return r + (r * series + lost * (1 - z / 2));
}

function cosine(r: number, lost: number): number {
  const z = r * r;
  let series = 0;
  for (let n = 20; n >= 4; n -= 2) series = (-z / (n * (n - 1))) * (1 + series);
  const half = 0.5 * z;
  const whole = 1 - half;
  return whole + (1 - whole - half - (half * series + r * lost));
}

/** x · 2ᵏ; in two steps where 2ᵏ alone has no double. */
function scale(x: number, k: number): number {
  if (k > 1023) return scale(x * 2, k - 1);
  if (k < -1022) return scale(x, k + 54) * 5.551115123125783e-17;
  words[0] = 0;
  words[1] = (k + 1023) << 20;
  return x * bits[0]!;
}
