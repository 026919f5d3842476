import { dot } from "./row-sums.ts";

/** A smooth convex function of `size` variables, looked at one point at a time. */
export interface Convex {
  readonly size: number;
  /** Relative error of its value. Default that of doubles. */
  readonly rounding?: number;
  /** Moves to w: its value and gradient there. The functions below answer for this point. */
  at(w: Float64Array): Point | Promise<Point>;
  /** Hessian times v. */
  curve(v: Float64Array): Float64Array | Promise<Float64Array>;
  /** Diagonal of the Hessian, positive or zero. */
  diagonal(): Float64Array | Promise<Float64Array>;
}

/** What a function is at a point. */
export interface Point {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** When a minimisation ends: within `tolerance` of a gradient of 0, or after so many Newton steps. */
export interface NewtonLimits {
  readonly tolerance: number;
  readonly iterations: number;
}

/** Where a minimisation ended. */
export interface Minimum {
  readonly at: Float64Array;
  readonly iterations: number;
  /** Whether the gradient, or the fall still to be had, came under its limit. */
  readonly converged: boolean;
}

/**
 * The minimum of a convex function from `start`, by Newton steps that preconditioned conjugate gradients solve only as well as needed and
 * that are halved until the value falls enough. Stops when max |gradient| ≤ tolerance, or
 * when the fall still to be had is below rounding. `pause` is awaited between steps, and `stepped` hears the value after each; false ends the search.
 * Source: Nocedal & Wright 2006, algorithm 7.1.
 */
export async function newtonCg(
  f: Convex,
  start: Float64Array,
  limits: NewtonLimits,
  pause: () => Promise<void>,
  stepped: (value: number) => boolean = () => true,
): Promise<Minimum> {
  let w = start;
  let here = await f.at(w);
  for (let iteration = 0; ; iteration++) {
    const converged = here.gradient.every((g) => Math.abs(g) <= limits.tolerance);
    if (converged || iteration === limits.iterations) return { at: w, iterations: iteration, converged };
    await pause();
    const step = await direction(f, here.gradient, pause);
    const slope = dot(step, here.gradient);
    // At the bottom the value no longer shows the fall, so a rise within rounding counts as one.
    const slack = 4 * (f.rounding ?? Number.EPSILON) * Math.abs(here.value);
    const next = await descend(f, w, step, (t) => here.value + 1e-4 * t * slope + slack);
    if (!next) return { at: w, iterations: iteration, converged: false };
    ({ w, here } = next);
    const goOn = stepped(here.value);
    if (-slope <= slack) return { at: w, iterations: iteration + 1, converged: true };
    if (!goOn) return { at: w, iterations: iteration + 1, converged: false };
  }
}

/** The first of w + t step, t = 1, ½, …, whose value is at most `bound(t)`, or null where none is. */
async function descend(
  f: Convex,
  w: Float64Array,
  step: Float64Array,
  bound: (t: number) => number,
): Promise<{ w: Float64Array; here: Point } | null> {
  for (let t = 1; t > 1e-10; t /= 2) {
    const next = w.map((value, i) => value + t * step[i]!);
    const there = await f.at(next);
    if (there.value <= bound(t)) return { w: next, here: there };
  }
  return null;
}

/** About −H⁻¹ g, exact to min(½, √‖g‖) of ‖g‖, so that steps turn quadratic near the minimum. */
async function direction(
  f: Convex,
  gradient: Float64Array,
  pause: () => Promise<void>,
): Promise<Float64Array> {
  const scale = (await f.diagonal()).map((value) => (value > 0 ? 1 / value : 1));
  const norm = Math.sqrt(dot(gradient, gradient));
  const enough = Math.min(0.5, Math.sqrt(norm)) * norm;
  const step = new Float64Array(f.size);
  const residual = gradient.map((g) => -g);
  const search = residual.map((r, i) => r * scale[i]!);
  let size = dot(residual, search);
  for (let k = 0; k < 4 * f.size && dot(residual, residual) > enough * enough; k++) {
    await pause();
    const curved = await f.curve(search);
    const curvature = dot(search, curved);
    if (!(curvature > 0)) break;
    const t = size / curvature;
    for (let i = 0; i < f.size; i++) {
      step[i]! += t * search[i]!;
      residual[i]! -= t * curved[i]!;
    }
    const before = size;
    size = 0;
    for (let i = 0; i < f.size; i++) size += residual[i]! * residual[i]! * scale[i]!;
    for (let i = 0; i < f.size; i++) search[i] = residual[i]! * scale[i]! + (size / before) * search[i]!;
  }
  return step;
}
