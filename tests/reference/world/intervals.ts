import { normalQuantile } from "../../../src/core/normal.ts";

/** An estimate and the ends of its 95% interval. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** Whether a value lies in an interval. */
export function holds({ low, high }: Interval, value: number): boolean {
  return low <= value && value <= high;
}

/** Mean of p less mean of q, by Welch's interval. Source: Welch 1947. */
export function differenceInMeans(p: readonly number[], q: readonly number[]): Interval {
  const [first, second] = [moments(p), moments(q)];
  const [v, w] = [first.variance / p.length, second.variance / q.length];
  const degrees = (v + w) ** 2 / (v ** 2 / (p.length - 1) + w ** 2 / (q.length - 1));
  return around(first.mean - second.mean, Math.sqrt(v + w), degrees);
}

/** The slope b of y = Σ groups' own levels + b x by least squares, rows weighted: the level of each group is taken out first. */
export function slopeWithin(
  rows: readonly {
    readonly x: number;
    readonly y: number;
    readonly weight: number;
    readonly group: string;
  }[],
): Interval {
  const groups = new Map<string, (typeof rows)[number][]>();
  for (const row of rows) {
    const members = groups.get(row.group);
    if (members) members.push(row);
    else groups.set(row.group, [row]);
  }
  const centred = [...groups.values()].flatMap((members) => {
    const weight = sum(members, (row) => row.weight);
    const x = sum(members, (row) => row.weight * row.x) / weight;
    const y = sum(members, (row) => row.weight * row.y) / weight;
    return members.map((row) => ({ x: row.x - x, y: row.y - y, weight: row.weight }));
  });
  const xx = sum(centred, ({ x, weight }) => weight * x * x);
  const slope = sum(centred, ({ x, y, weight }) => weight * x * y) / xx;
  const degrees = rows.length - groups.size - 1;
  const error = Math.sqrt(sum(centred, ({ x, y, weight }) => weight * (y - slope * x) ** 2) / degrees / xx);
  return around(slope, error, degrees);
}

/** t with P(T ≤ t) = p for Student's T, by the expansion about the normal quantile, to 1e-4 for 8 degrees or more. Source: Abramowitz & Stegun 26.7.5. */
export function studentQuantile(p: number, degrees: number): number {
  const z = normalQuantile(p);
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / degrees + second / degrees ** 2 + third / degrees ** 3;
}

function around(estimate: number, error: number, degrees: number): Interval {
  const half = studentQuantile(0.975, degrees) * error;
  return { estimate, low: estimate - half, high: estimate + half };
}

function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = sum(values, (value) => value) / values.length;
  return { mean, variance: sum(values, (value) => (value - mean) ** 2) / (values.length - 1) };
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
