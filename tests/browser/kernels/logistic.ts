import { openWgslLogistic } from "../../../src/compute/wgsl/logistic.ts";
import type { Minimum } from "../../../src/core/newton-cg.ts";
import { Matrix } from "../../../src/data/matrix.ts";
import { LogisticRegression, type LogisticRegressionParams } from "../../../src/library/index.ts";
import { logisticOnGpu } from "../../../src/library/logistic-gpu.ts";
import { logisticCases, logisticGap } from "../../reference/logistic-twin.ts";
import reference from "../../reference/scikit-learn.json" with { type: "json" };
import type { Gaps } from "./gaps.ts";
import { sampleOf } from "./sample.ts";

/** Cases beside their twins in three buffers; where the tests are full, every one and in a single buffer too. */
export async function logistic(full: boolean): Promise<Gaps> {
  const gaps: [string, number][] = [];
  for (const one of sampleOf(logisticCases, full, 2, 7)) {
    const width = Math.max(one.columns, one.outputs) + 1;
    for (const most of [Math.ceil(one.rows / 3) * width, ...(full ? [undefined] : [])]) {
      const kernel = await openWgslLogistic(one, most);
      gaps.push([`${one.name} of ${most ?? "all"}`, await logisticGap(kernel, one)]);
      kernel.dispose();
    }
  }
  return gaps;
}

/** Fits beside the figures of scikit-learn and the other tier; a second run, and the kernels of a step. */
export async function logisticAgain(full: boolean): Promise<Gaps> {
  const gaps: [string, number][] = [];
  for (const given of full ? reference.logistic : reference.logistic.slice(-2)) {
    const params: LogisticRegressionParams = {
      C: given.C ?? Infinity,
      classWeight: given.classWeight as LogisticRegressionParams["classWeight"] & object,
      fitIntercept: given.fitIntercept,
    };
    const [gpu, again, cpu] = [
      await new LogisticRegression({ ...params, device: "webgpu" }).fit(given.X, given.y),
      await new LogisticRegression({ ...params, device: "webgpu" }).fit(given.X, given.y),
      await new LogisticRegression({ ...params, device: "wasm" }).fit(given.X, given.y),
    ];
    const bits = [gpu, again].map(({ coef, intercept }) => [...coef.data, ...intercept].join());
    gaps.push(
      [`${given.name}: not converged`, Number(!gpu.converged)],
      [`${given.name}: far from scikit-learn`, Number(!near(gpu.coef.data, given.coef))],
      [`${given.name}: intercepts far from it`, Number(!near(gpu.intercept, given.intercept))],
      [`${given.name}: far from the other tier`, Number(!near(gpu.coef.data, [...cpu.coef.data]))],
      [`${given.name}: a second run has other bits`, Number(bits[0] !== bits[1])],
    );
  }
  gaps.push(["a fit that is stopped takes more than a step", (await stoppedAtOnce()).iterations - 1]);
  const kernel = await openWgslLogistic(logisticCases.at(-1)!);
  gaps.push(["kernels of a step over four", Math.max(kernel.dispatches - 4, 0)]);
  kernel.dispose();
  return gaps;
}

function stoppedAtOnce(): Promise<Minimum> {
  const { rows, columns, x, codes, shares } = logisticCases.find(({ rows }) => rows === 64)!;
  const X = new Matrix(x, rows, columns);
  const problem = { X, codes, weights: shares, classes: 2, penalty: 0.01, fitIntercept: true };
  const limits = { tolerance: 1e-10, iterations: 50 };
  return logisticOnGpu(problem, limits, { breathe: () => Promise.resolve(), stepped: () => false });
}

function near(found: ArrayLike<number>, wanted: readonly (number | null)[]): boolean {
  return wanted.every((value, i) => Math.abs(found[i]! - value!) <= 1e-6 * Math.max(1, Math.abs(value!)));
}
