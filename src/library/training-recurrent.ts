import type { Device } from "../compute/device.ts";
import { initialRecurrent, type RecurrentNetwork } from "../compute/recurrent-network.ts";
import { openRecurrentTrainer } from "../compute/recurrent-tiers.ts";
import type { RecurrentState } from "../compute/recurrent-trainer.ts";
import type { Sequences } from "../compute/sequences.ts";
import { seededRandom } from "../core/random.ts";
import { heldFraction } from "./mlp-params.ts";
import type { RecurrentParams } from "./recurrent-params.ts";
import type { TellIteration } from "./fit-callback.ts";
import { holdOut } from "./training-holdout.ts";
import { LiveFit } from "./training-live.ts";
import { trainEpochs, type TrainingHistory } from "./training-loop.ts";
import { classTargets, untrainedLoss } from "./training-mlp.ts";

/** A trained recurrent network and how it came about. */
export interface TrainedRecurrent extends TrainingHistory {
  readonly network: RecurrentNetwork;
  /** All parameters, flat, as `recurrentLayout` places them. */
  readonly parameters: Float32Array;
}

/** Trains a recurrent network. `title` names the estimator; shape: what the data decides of the network; codes: the class of each sequence. */
export async function trainRecurrent(
  title: string,
  params: Required<RecurrentParams>,
  device: Device,
  shape: Pick<RecurrentNetwork, "cell" | "kinds" | "numbers">,
  sequences: Sequences,
  codes: Int32Array,
  classes: number,
  tell: TellIteration<TrainedRecurrent> | null,
): Promise<TrainedRecurrent> {
  const seeds = seededRandom(params.seed);
  const [splits, weights, shuffles] = Array.from({ length: 3 }, () => seededRandom(seeds.integer(2 ** 32)));
  const { hiddenSize, embeddingSize, learningRateInit, batchSize, alpha, clipNorm, dropout } = params;
  const targets = classTargets(codes, classes);
  const { width, values } = targets;
  const network: RecurrentNetwork = { ...shape, hiddenSize, embeddingSize, outputs: width };
  const fraction = heldFraction(codes.length, params);
  const { train, held } = holdOut(codes, classes, fraction, splits!);
  if (params.earlyStopping === true && held.length === 0)
    throw new RangeError(
      `${title}: earlyStopping needs sequences to hold out, and ${fraction} of each class is none: give more or a larger validationFraction`,
    );
  const training = {
    network,
    parameters: initialRecurrent(network, weights!),
    optimizer: params,
    learningRate: learningRateInit,
    batchSize: Math.min(batchSize, train.length),
    alpha,
    clipNorm,
    dropout,
    sequences,
    targets: values,
    train,
    held,
    seed: seeds.integer(2 ** 32),
  };
  const plan = {
    ...params,
    device,
    rows: train.length,
    random: shuffles!,
    validated: held.length > 0,
    remedy: `try a smaller learningRateInit, now ${learningRateInit}`,
  };
  return trainEpochs(
    {
      open: ({ tier }, from: RecurrentState | null) => openRecurrentTrainer(tier, { ...training, from }),
      state: (trainer) => trainer.state(),
      result: async (trainer) => ({ network, parameters: await trainer.parameters() }),
    },
    plan,
    new LiveFit(title, params.maxIter, "epochs", "loss", untrainedLoss(targets)),
    tell,
  );
}
