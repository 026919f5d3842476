import type { Interval } from "./world/intervals.ts";

/** A spell of a subject: at risk in (start, stop], with an event at stop or none, and covariates x. */
export interface Spell {
  readonly start: number;
  readonly stop: number;
  readonly event: boolean;
  readonly x: readonly number[];
}

/**
 * Cox's regression with late entry and covariates that change: the β that maximise Σ over events of β·x − log Σ at risk exp(β·x), by Newton's
 * method, each with its 95% interval of the information. Ties by Breslow. Source: Therneau & Grambsch 2000, §3.
 */
export function coxRegression(spells: readonly Spell[]): Interval[] {
  const p = spells[0]!.x.length;
  const byStop = spells.toSorted((a, b) => b.stop - a.stop);
  const byStart = spells.toSorted((a, b) => b.start - a.start);
  let beta = Array<number>(p).fill(0);
  for (let step = 0; step < 30; step++) {
    const { gradient, information } = derivatives(byStop, byStart, beta);
    const change = solve(information, gradient);
    beta = beta.map((value, j) => value + change[j]!);
    if (Math.max(...change.map(Math.abs)) < 1e-9) break;
  }
  const { information } = derivatives(byStop, byStart, beta);
  return beta.map((estimate, j) => {
    const unit = beta.map((_, k) => (k === j ? 1 : 0));
    const half = 1.959963984540054 * Math.sqrt(solve(information, unit)[j]!);
    return { estimate, low: estimate - half, high: estimate + half };
  });
}

function derivatives(
  byStop: readonly Spell[],
  byStart: readonly Spell[],
  beta: readonly number[],
): { gradient: number[]; information: number[][] } {
  const p = beta.length;
  const gradient = Array<number>(p).fill(0);
  const information = beta.map(() => Array<number>(p).fill(0));
  let s0 = 0;
  const s1 = Array<number>(p).fill(0);
  const s2 = beta.map(() => Array<number>(p).fill(0));
  const add = ({ x }: Spell, sign: number): void => {
    const risk = sign * Math.exp(x.reduce((sum, value, j) => sum + beta[j]! * value, 0));
    s0 += risk;
    for (let j = 0; j < p; j++) {
      s1[j]! += risk * x[j]!;
      for (let k = 0; k < p; k++) s2[j]![k]! += risk * x[j]! * x[k]!;
    }
  };
  let entered = 0;
  let gone = 0;
  for (const { stop, event, x } of byStop) {
    if (!event) continue;
    while (entered < byStop.length && byStop[entered]!.stop >= stop) add(byStop[entered++]!, 1);
    while (gone < byStart.length && byStart[gone]!.start >= stop) add(byStart[gone++]!, -1);
    for (let j = 0; j < p; j++) {
      gradient[j]! += x[j]! - s1[j]! / s0;
      for (let k = 0; k < p; k++) information[j]![k]! += s2[j]![k]! / s0 - (s1[j]! / s0) * (s1[k]! / s0);
    }
  }
  return { gradient, information };
}

/** x with A x = b, by elimination with pivots. */
function solve(A: readonly (readonly number[])[], b: readonly number[]): number[] {
  const n = b.length;
  const rows = A.map((row, i) => [...row, b[i]!]);
  for (let i = 0; i < n; i++) {
    const pivot = rows
      .slice(i)
      .reduce((best, row, k) => (Math.abs(row[i]!) > Math.abs(rows[best]![i]!) ? i + k : best), i);
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    for (let k = i + 1; k < n; k++) {
      const factor = rows[k]![i]! / rows[i]![i]!;
      for (let j = i; j <= n; j++) rows[k]![j]! -= factor * rows[i]![j]!;
    }
  }
  const x = Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--)
    x[i] =
      (rows[i]![n]! - x.reduce((sum, value, j) => (j > i ? sum + rows[i]![j]! * value : sum), 0)) /
      rows[i]![i]!;
  return x;
}
