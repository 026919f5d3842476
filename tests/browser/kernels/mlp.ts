import { numbersBelow } from "../../../src/core/numbers-below.ts";
import { wgslMlpPredictions } from "../../../src/compute/wgsl/mlp-predict.ts";
import { openWgslMlpTrainer } from "../../../src/compute/wgsl/mlp-trainer.ts";
import { MLPClassifier } from "../../../src/library/mlp-classifier.ts";
import { dropoutCases, dropoutGap, mlpCases, mlpGap, predictionGap } from "../../reference/mlp-cases.ts";
import type { Gaps } from "./gaps.ts";
import { sampleOf } from "./sample.ts";

/** Cases beside their twins: training and predictions. */
export async function mlp(full: boolean): Promise<Gaps> {
  const gaps: [string, number][] = [];
  for (const one of sampleOf(mlpCases, full, 3)) {
    const trainer = await openWgslMlpTrainer(one.training);
    gaps.push([`${one.name}: training`, await mlpGap(trainer, one)]);
    const parameters = await trainer.parameters();
    const { network, train } = one.training;
    const given = await wgslMlpPredictions(network, parameters, train.x);
    gaps.push([`${one.name}: predictions`, predictionGap(given, one, parameters)]);
    trainer.dispose();
  }
  for (const one of full ? dropoutCases : dropoutCases.slice(0, 2)) {
    const trainer = await openWgslMlpTrainer(one);
    gaps.push([`${one.network.units.join("-")} with dropout`, await dropoutGap(trainer, one)]);
    trainer.dispose();
  }
  return gaps;
}

/** With dropout: a second run, another seed, a run that is stopped, and parameters that are remembered. */
export async function mlpAgain(): Promise<Gaps> {
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
    ["steps of a run that is stopped are counted and not taken", Number((await stoppedSteps()) !== 64)],
    ["what was remembered moved", Number(best.join() !== training.parameters.join())],
    ["kernels of a step over two", Math.max(trainer.dispatches - 2, 0)],
    ["calls of partialFit have other bits than epochs of fit", Number(await partsDiffer())],
  ];
}

/** Steps counted of an epoch of 90 that is stopped after the first 64, which are handed over together. */
async function stoppedSteps(): Promise<number> {
  const { training } = mlpCases.find(({ training }) => training.train.rows >= 90)!;
  const trainer = await openWgslMlpTrainer({ ...training, batchSize: Math.floor(training.train.rows / 90) });
  await trainer.epoch(numbersBelow(training.train.rows), async () => false);
  const { steps } = await trainer.state();
  trainer.dispose();
  return steps;
}

/** Whether three calls of `partialFit`, with dropout, learn anything else than a fit of three epochs. */
async function partsDiffer(): Promise<boolean> {
  const settings = {
    hiddenLayerSizes: [4],
    dropout: 0.3,
    shuffle: false,
    earlyStopping: false,
    batchSize: 9,
  };
  const params = { ...settings, maxIter: 3, device: "webgpu" } as const;
  const X = Array.from({ length: 30 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
  const y = X.map(([a]) => a! > 0);
  const whole = await new MLPClassifier(params).fit(X, y);
  const parts = new MLPClassifier(params);
  for (let call = 0; call < 3; call++) await parts.partialFit(X, y, [false, true]);
  const bits = (model: MLPClassifier): string => model.coefs.map(({ data }) => data.join()).join();
  return bits(whole) !== bits(parts);
}
