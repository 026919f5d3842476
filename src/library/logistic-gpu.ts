import type { LogisticKernel } from "../compute/logistic.ts";
import { openWgslLogistic } from "../compute/wgsl/logistic.ts";
import { newtonCg, type Convex, type Minimum, type NewtonLimits } from "../core/newton-cg.ts";
import { columnMeans } from "./column-means.ts";
import { logisticLoss, outputsOf, type LogisticProblem } from "./logistic-loss.ts";

/** How a search goes on: `breathe` is awaited within steps, `stepped` hears the loss after each and says false where the person stopped it. */
export interface Pace {
  readonly breathe: () => Promise<void>;
  readonly stepped: (loss: number) => boolean;
}

/** Relative error of a loss that singles add up to. */
const roundingOfSingles = 2 ** -23;

/**
 * The optimum of a logistic regression. Newton steps on the GPU go as far as singles see the loss fall; the last few take the curvature from
 * there and the gradient from doubles, and so end at the optimum of doubles. On columns less their mean, in units of their spread.
 * Source: iterative refinement, Higham 2002, chapter 12.
 */
export async function logisticOnGpu(
  problem: LogisticProblem,
  limits: NewtonLimits,
  { breathe, stepped }: Pace,
): Promise<Minimum> {
  const scale = new ColumnScale(problem);
  const { X, codes, weights } = problem;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const { mean, unit } = scale;
  const shares = weights.map((weight) => weight / total);
  const outputs = outputsOf(problem.classes);
  const rows = { rows: X.rows, columns: X.columns, x: X.data, mean, unit, codes, shares, outputs };
  const kernel = await openWgslLogistic(rows);
  try {
    const singles = lossOfSingles(problem, scale, kernel, problem.penalty / total);
    let stopped = false;
    const heard = (loss: number): boolean => !(stopped = !stepped(loss));
    const near = await newtonCg(singles, new Float64Array(singles.size), limits, breathe, heard);
    const left = { ...limits, iterations: limits.iterations - near.iterations };
    const found = stopped
      ? { ...near, converged: false }
      : await newtonCg(refined(singles, problem, scale), near.at, left, breathe, stepped);
    const iterations = stopped ? near.iterations : near.iterations + found.iterations;
    return { ...found, at: scale.given(found.at), iterations };
  } finally {
    kernel.dispose();
  }
}

/** The objective of `logisticLoss` in the variables of scaled columns, as the GPU adds it up. */
function lossOfSingles(
  { X, classes, fitIntercept }: LogisticProblem,
  { unit }: ColumnScale,
  kernel: LogisticKernel,
  lambda: number,
): Convex {
  const d = X.columns;
  const outputs = outputsOf(classes);
  const width = d + (fitIntercept ? 1 : 0);
  const size = outputs * width;
  /** Variables with an intercept of 0 where there is none. */
  const whole = (v: Float64Array): Float64Array =>
    Float64Array.from({ length: outputs * (d + 1) }, (_, p) => {
      const j = p % (d + 1);
      return j < width ? v[Math.floor(p / (d + 1)) * width + j]! : 0;
    });
  /** What the kernel gives for the variables there are, and the penalty's part of it at v. */
  const own = (given: Float64Array, v: Float64Array): Float64Array =>
    v.map((value, p) => {
      const j = p % width;
      const data = given[Math.floor(p / width) * (d + 1) + j]!;
      return data + (j < d ? (lambda * value) / unit[j]! ** 2 : 0);
    });
  return {
    size,
    rounding: roundingOfSingles,
    async at(w) {
      const { value, gradient } = await kernel.at(whole(w));
      const penalty = w.reduce((sum, v, p) => (p % width < d ? sum + (v / unit[p % width]!) ** 2 : sum), 0);
      return { value: value + (lambda / 2) * penalty, gradient: own(levelled(gradient, outputs), w) };
    },
    curve: async (v) => own(levelled(await kernel.curve(whole(v)), outputs), v),
    diagonal: async () => own(await kernel.diagonal(), new Float64Array(size).fill(1)),
  };
}

/** That loss with value and gradient in doubles. */
function refined(singles: Convex, problem: LogisticProblem, scale: ColumnScale): Convex {
  const doubles = logisticLoss(problem);
  return {
    ...singles,
    rounding: Number.EPSILON,
    async at(w) {
      await singles.at(w);
      const { value, gradient } = await doubles.at(scale.given(w));
      return { value, gradient: scale.slopes(gradient) };
    },
  };
}

/** A softmax does not feel what is added to all outputs, so that a column's slopes sum to 0 over them: what is left of a sum is rounding. */
function levelled(slopes: Float64Array, outputs: number): Float64Array {
  if (outputs === 1) return slopes;
  const width = slopes.length / outputs;
  const means = new Float64Array(width);
  for (const [p, value] of slopes.entries()) means[p % width]! += value / outputs;
  return slopes.map((value, p) => value - means[p % width]!);
}

/** Columns as (x − mean) / unit, and what that makes of the variables of a loss. Without an intercept nothing is taken from them. */
class ColumnScale {
  readonly mean: Float64Array;
  readonly unit: Float64Array;
  readonly #width: number;

  constructor({ X, fitIntercept }: LogisticProblem) {
    const { data, columns: d, rows } = X;
    const means = columnMeans(data, d);
    this.mean = fitIntercept ? means : new Float64Array(d);
    this.#width = d + (fitIntercept ? 1 : 0);
    const squares = new Float64Array(d);
    for (const [at, value] of data.entries()) squares[at % d]! += (value - this.mean[at % d]!) ** 2;
    // A constant column is off its mean by rounding alone.
    this.unit = squares.map((sum, j) => {
      const spread = Math.sqrt(sum / rows);
      return spread > 1e-12 * Math.abs(means[j]!) ? spread : 1;
    });
  }

  /** Variables for the columns as they were given. */
  given(w: Float64Array): Float64Array {
    const d = this.mean.length;
    const found = w.map((value, p) => value / (this.unit[p % this.#width] ?? 1));
    if (this.#width > d)
      for (let from = 0; from < w.length; from += this.#width)
        for (let j = 0; j < d; j++) found[from + d]! -= this.mean[j]! * found[from + j]!;
    return found;
  }

  /** Slopes along the scaled variables, of those along the given ones. */
  slopes(gradient: Float64Array): Float64Array {
    const d = this.mean.length;
    return gradient.map((value, p) => {
      const j = p % this.#width;
      const along = this.#width > d ? gradient[p - j + d]! : 0;
      return j < d ? (value - this.mean[j]! * along) / this.unit[j]! : value;
    });
  }
}
