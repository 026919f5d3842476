import type { Device } from "../compute/device.ts";
import { openMlpTrainer } from "../compute/mlp-tiers.ts";
import { numbersBelow } from "../core/numbers-below.ts";
import { permutation, seededRandom } from "../core/random.ts";
import type { Matrix } from "../data/matrix.ts";
import type { AllMLPParams } from "./mlp-params.ts";
import { cellBreather } from "./training-loop.ts";
import { mlpTraining, networkOf, streamsOf, type Targets, type TrainedMlp } from "./training-mlp.ts";
import { Patience } from "./training-patience.ts";
import { Schedule } from "./training-schedule.ts";

/** Trains a network once through the rows given, from where `before` stands, or from first weights. `title` names the estimator; X: n×d. */
export async function passMlp(
  title: string,
  params: AllMLPParams,
  device: Device,
  X: Matrix<Float64Array>,
  targets: Targets,
  before: TrainedMlp | null,
): Promise<TrainedMlp> {
  const network = before?.network ?? networkOf(params, X, targets);
  const streams = streamsOf(params.seed);
  const learningRate = rateAfter(params, before);
  const all = numbersBelow(X.rows);
  const nothing = new Uint32Array(0);
  const training = mlpTraining(params, network, streams, X, targets, { train: all, held: nothing });
  const from = before && { ...before.optimizer, parameters: before.parameters, best: null };
  const breathe = cellBreather();
  const trainer = await openMlpTrainer(device.tier, { ...training, learningRate, from });
  try {
    // Another shuffle each time, as a longer fit would have.
    const shuffles = seededRandom(streams.shuffles.integer(2 ** 32) + (from?.steps ?? 0));
    const done = await trainer.epoch(params.shuffle ? permutation(X.rows, shuffles) : all, breathe);
    if (!Number.isFinite(done!.loss))
      throw new RangeError(
        `${title}.partialFit: the loss became ${done!.loss}; try a smaller learningRateInit, now ${params.learningRateInit}, or standardise the columns of X`,
      );
    const { parameters, first, second, steps } = await trainer.state();
    const met = (before?.optimizer.met ?? 0) + X.rows;
    return {
      network,
      parameters,
      optimizer: { first, second, steps, met },
      loss: Float64Array.from([...(before?.loss ?? []), done!.loss]),
      validationLoss: before?.validationLoss ?? new Float64Array(0),
      stopped: false,
    };
  } finally {
    trainer.dispose();
  }
}

/** η after what was learnt before: by the rows met, or by how the losses fell. */
function rateAfter(params: AllMLPParams, before: TrainedMlp | null): number {
  const { solver, learningRate, learningRateInit, powerT, tol, nIterNoChange } = params;
  if (!before || solver !== "sgd") return learningRateInit;
  const schedule = new Schedule(learningRate, learningRateInit, before.optimizer.met, powerT);
  const patience = new Patience(tol, nIterNoChange);
  // Epochs with rows held out were judged by those.
  const { loss, validationLoss } = before;
  for (const judge of [...validationLoss, ...loss.slice(validationLoss.length)]) {
    patience.lower(judge);
    if (!patience.over) continue;
    schedule.exhausted();
    patience.renew();
  }
  schedule.epochDone();
  return schedule.learningRate;
}
