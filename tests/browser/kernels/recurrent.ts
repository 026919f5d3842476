import { permutation, seededRandom } from "../../../src/core/random.ts";
import type { RecurrentTrainer } from "../../../src/compute/recurrent-trainer.ts";
import { SimdRecurrentTrainer } from "../../../src/compute/simd/recurrent-trainer.ts";
import { wgslRecurrentProbabilities } from "../../../src/compute/wgsl/recurrent-predict.ts";
import { openWgslRecurrentTrainer } from "../../../src/compute/wgsl/recurrent-trainer.ts";
import {
  dropoutGap,
  dropoutShapes,
  numbersBelow,
  recurrentGap,
  recurrentProblem,
  recurrentShapes,
  recurrentTraining,
} from "../../reference/recurrent-cases.ts";
import type { Gaps } from "./gaps.ts";
import { sampleOf } from "./sample.ts";

/** Networks beside their twins: a step, and what it says. */
export async function recurrent(full: boolean): Promise<Gaps> {
  const gaps: [string, number][] = [];
  for (const shape of sampleOf(recurrentShapes, full, 2, 7))
    gaps.push([
      `${shape.cell} of ${shape.hiddenSize}, ${shape.count} sequences`,
      await recurrentGap(shape, openWgslRecurrentTrainer, wgslRecurrentProbabilities),
    ]);
  for (const shape of sampleOf(dropoutShapes, full, 2, 3))
    gaps.push([
      `${shape.cell} of ${shape.hiddenSize} with dropout`,
      await dropoutGap(shape, openWgslRecurrentTrainer),
    ]);
  return gaps;
}

/** Epochs of many steps, one where the tests are quick, beside the SIMD tier; a second run, a run that is stopped, and parameters that are remembered. */
export async function recurrentAgain(full: boolean): Promise<Gaps> {
  const goOn = async (): Promise<boolean> => true;
  const gaps: [string, number][] = [];
  for (const cell of ["lstm", "gru"] as const) {
    const training = { ...recurrentTraining(cell), alpha: 0.1, clipNorm: 0.2 };
    const run = async (trainer: RecurrentTrainer): Promise<Float32Array> => {
      for (let epoch = 0; epoch < (full ? 3 : 1); epoch++)
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
      [`${cell}: far from SIMD`, Number(first.some((value, i) => !(Math.abs(value - simd[i]!) <= 1e-4)))],
      [`${cell}: a run that is stopped gives a loss`, Number(stopped !== null)],
      [
        `${cell}: what was remembered moved`,
        Number((await trainer.parameters()).join() !== training.parameters.join()),
      ],
      [`${cell}: kernels of a step over three`, Math.max(trainer.dispatches - 3, 0)],
    );
    trainer.dispose();
  }
  // More sequences than a call takes arguments.
  gaps.push([
    "many sequences: kernels of a step over three",
    Math.max((await dispatchesOfMany(140_000)) - 3, 0),
  ]);
  return gaps;
}

/** Kernels of a step on so many sequences, most of them held out. */
async function dispatchesOfMany(count: number): Promise<number> {
  const training = recurrentTraining("gru");
  const network = { ...training.network, embeddingSize: 1, numbers: 0, hiddenSize: 1 };
  const places = numbersBelow(count);
  const [train, held] = [places.subarray(0, 1), places.subarray(1)];
  const trainer = await openWgslRecurrentTrainer({
    ...training,
    network,
    ...recurrentProblem(network, count, 1),
    train,
    held,
  });
  trainer.dispose();
  return trainer.dispatches;
}
