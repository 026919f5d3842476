// What the page of `kernels.test.ts` runs: WGSL beside the twins, on whatever adapter there is.
import { kMeansOnWgsl } from "../../../src/compute/wgsl/k-means.ts";
import type { RecurrentTrainer } from "../../../src/compute/recurrent-trainer.ts";
import { SimdRecurrentTrainer } from "../../../src/compute/simd/recurrent-trainer.ts";
import { permutation, seededRandom } from "../../../src/core/random.ts";
import { openWgslMlpTrainer } from "../../../src/compute/wgsl/mlp-trainer.ts";
import { openWgslAls } from "../../../src/compute/wgsl/als.ts";
import { openWgslBpr } from "../../../src/compute/wgsl/bpr.ts";
import { wgslMlpPredictions } from "../../../src/compute/wgsl/mlp-predict.ts";
import { wgslRecurrentProbabilities } from "../../../src/compute/wgsl/recurrent-predict.ts";
import { openWgslRecurrentTrainer } from "../../../src/compute/wgsl/recurrent-trainer.ts";
import { alsCase, alsGap } from "../../reference/als-cases.ts";
import { bprCase, bprGap } from "../../reference/bpr-cases.ts";
import { kMeansCases, kMeansGap } from "../../reference/k-means-twin.ts";
import { mlpCases, mlpGap, predictionGap } from "../../reference/mlp-cases.ts";
import {
  numbersBelow,
  recurrentGap,
  recurrentShapes,
  recurrentTraining,
} from "../../reference/recurrent-cases.ts";

import { sparseProblems } from "../../reference/sparse-problems.ts";

/** A family of kernels: how far each case is from its twin, and whether a second run gives the same bits. */
const families = {
  async kMeans(): Promise<readonly (readonly [name: string, gap: number])[]> {
    const gaps: [string, number][] = [];
    for (const one of kMeansCases) {
      const kernel = await kMeansOnWgsl(one, one.k);
      gaps.push([one.name, await kMeansGap(kernel, one)]);
      kernel.dispose();
    }
    return gaps;
  },
  async kMeansAgain(): Promise<readonly (readonly [name: string, gap: number])[]> {
    const one = kMeansCases.at(-1)!;
    const runs = [];
    for (let run = 0; run < 2; run++) {
      const kernel = await kMeansOnWgsl(one, one.k);
      kernel.setCentres(one.centres);
      await kernel.step();
      const { centres, inertia } = await kernel.step();
      runs.push([...centres, inertia].join());
      kernel.dispose();
    }
    return [["a second run", runs[0] === runs[1] ? 0 : 1]];
  },
  async mlp(): Promise<readonly (readonly [name: string, gap: number])[]> {
    const gaps: [string, number][] = [];
    for (const one of mlpCases) {
      const trainer = await openWgslMlpTrainer(one.training);
      gaps.push([`${one.name}: training`, await mlpGap(trainer, one)]);
      const parameters = await trainer.parameters();
      const { network, train } = one.training;
      const given = await wgslMlpPredictions(network, parameters, train.x);
      gaps.push([`${one.name}: predictions`, predictionGap(given, one, parameters)]);
      trainer.dispose();
    }
    return gaps;
  },
  /** With dropout: a second run, another seed, a run that is stopped, and parameters that are remembered. */
  async mlpAgain(): Promise<readonly (readonly [name: string, gap: number])[]> {
    const { training } = mlpCases.find(({ training }) => training.network.units.length === 4)!;
    const goOn = async (): Promise<boolean> => true;
    const order = Uint32Array.from({ length: training.train.rows }, (_, row) => row);
    const run = async (seed: number): Promise<string> => {
      const trainer = await openWgslMlpTrainer({ ...training, seed, dropout: 0.4 });
      const { loss } = (await trainer.epoch(order, goOn))!;
      const parameters = await trainer.parameters();
      trainer.dispose();
      return [loss, ...parameters].join();
    };
    const trainer = await openWgslMlpTrainer(training);
    trainer.keepBest();
    const stopped = await trainer.epoch(order, async () => false);
    const best = await trainer.parameters();
    const first = await run(1);
    return [
      ["a second run has other bits", Number(first !== (await run(1)))],
      ["another seed has the same bits", Number(first === (await run(2)))],
      ["a run that is stopped gives a loss", Number(stopped !== null)],
      ["what was remembered moved", Number(best.join() !== training.parameters.join())],
      ["kernels of a step over two", Math.max(trainer.dispatches - 2, 0)],
    ];
  },
  async recurrent(): Promise<readonly (readonly [name: string, gap: number])[]> {
    const gaps: [string, number][] = [];
    for (const [i, shape] of recurrentShapes.entries())
      gaps.push([
        `${i}: ${shape.cell} of ${shape.hiddenSize}`,
        await recurrentGap(shape, openWgslRecurrentTrainer, wgslRecurrentProbabilities),
      ]);
    return gaps;
  },
  /** Epochs of many steps beside the SIMD tier; a second run, a run that is stopped, and parameters that are remembered. */
  async recurrentAgain(): Promise<readonly (readonly [name: string, gap: number])[]> {
    const goOn = async (): Promise<boolean> => true;
    const gaps: [string, number][] = [];
    for (const cell of ["lstm", "gru"] as const) {
      const training = recurrentTraining(cell);
      const run = async (trainer: RecurrentTrainer): Promise<Float32Array> => {
        for (let epoch = 0; epoch < 3; epoch++)
          await trainer.epoch(permutation(training.train.length, seededRandom(epoch)), goOn);
        const parameters = await trainer.parameters();
        trainer.dispose();
        return parameters;
      };
      const first = await run(await openWgslRecurrentTrainer(training));
      const second = await run(await openWgslRecurrentTrainer(training));
      const simd = await run(new SimdRecurrentTrainer(training));
      const trainer = await openWgslRecurrentTrainer(training);
      trainer.keepBest();
      const stopped = await trainer.epoch(numbersBelow(training.train.length), async () => false);
      gaps.push(
        [`${cell}: a second run has other bits`, Number(first.join() !== second.join())],
        [`${cell}: far from SIMD`, Number(first.some((value, i) => Math.abs(value - simd[i]!) > 1e-4))],
        [`${cell}: a run that is stopped gives a loss`, Number(stopped !== null)],
        [
          `${cell}: what was remembered moved`,
          Number((await trainer.parameters()).join() !== training.parameters.join()),
        ],
        [`${cell}: kernels of a step over three`, Math.max(trainer.dispatches - 3, 0)],
      );
      trainer.dispose();
    }
    return gaps;
  },
  async bpr(): Promise<readonly (readonly [name: string, gap: number])[]> {
    const gaps: [string, number][] = [];
    for (const problem of sparseProblems())
      for (const batchSize of problem.matrix.values.length < 300 ? [7, 64] : [64]) {
        const training = bprCase(problem, batchSize);
        const trainer = await openWgslBpr(training);
        gaps.push([`${problem.name} by ${batchSize}`, await bprGap(trainer, training)]);
        trainer.dispose();
      }
    return gaps;
  },
  /** A second run, a run that is stopped, and the kernels of a step. */
  async bprAgain(): Promise<readonly (readonly [name: string, gap: number])[]> {
    const training = bprCase(sparseProblems().at(-1), 32);
    const run = async (): Promise<string> => {
      const trainer = await openWgslBpr(training);
      const loss = await trainer.epoch(3, async () => true);
      const { users, items } = await trainer.factors();
      trainer.dispose();
      return [loss, ...users, ...items].join();
    };
    const first = await run();
    const trainer = await openWgslBpr(training);
    const stopped = await trainer.epoch(3, async () => false);
    return [
      ["a second run has other bits", Number(first !== (await run()))],
      ["a run that is stopped gives a loss", Number(stopped !== null)],
      ["kernels of a step over three", Math.max(trainer.dispatches - 3, 0)],
    ];
  },
  async als(): Promise<readonly (readonly [name: string, gap: number])[]> {
    const gaps: [string, number][] = [];
    for (const problem of sparseProblems(true)) {
      const training = alsCase(problem, 3);
      const trainer = await openWgslAls(training);
      gaps.push([problem.name, await alsGap(trainer, training)]);
      trainer.dispose();
    }
    return gaps;
  },
  /** A second run, and a run that is stopped. */
  async alsAgain(): Promise<readonly (readonly [name: string, gap: number])[]> {
    const training = alsCase(sparseProblems(true).at(-1)!, 3);
    const run = async (): Promise<string> => {
      const trainer = await openWgslAls(training);
      const loss = await trainer.epoch(async () => true);
      const { users, items } = await trainer.factors();
      trainer.dispose();
      return [loss, ...users, ...items].join();
    };
    const first = await run();
    const trainer = await openWgslAls(training);
    const stopped = await trainer.epoch(async () => false);
    trainer.dispose();
    return [
      ["a second run has other bits", Number(first !== (await run()))],
      ["a run that is stopped gives a loss", Number(stopped !== null)],
    ];
  },
};

/** Names of the families. */
export type Family = keyof typeof families;

(globalThis as { kernels?: typeof families }).kernels = families;
