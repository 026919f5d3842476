import type { Device } from "../compute/device.ts";
import { initialParameters, type MlpNetwork, type Outputs } from "../compute/mlp-network.ts";
import { openMlpTrainer } from "../compute/mlp-tiers.ts";
import type { MlpRows, MlpTraining } from "../compute/mlp-trainer.ts";
import type { TrainingState } from "../compute/training-state.ts";
import { seededRandom, type Random, type SeededRandom } from "../core/random.ts";
import type { Matrix } from "../data/matrix.ts";
import { batchRows, heldFraction, optimizerOf, type AllMLPParams } from "./mlp-params.ts";
import { mapTeller, type TellIteration } from "./fit-callback.ts";
import { holdOut } from "./training-holdout.ts";
import { LiveFit } from "./training-live.ts";
import { trainEpochs, type TrainingHistory } from "./training-loop.ts";
import { Schedule } from "./training-schedule.ts";

/** What a network is to give for each of n rows. */
export interface Targets {
  readonly outputs: Outputs;
  /** n × width, row-major: 0 and 1 for classes, numbers for values. */
  readonly values: Float32Array;
  readonly width: number;
  /** The class of each row, from each of which rows are held out in its share; all 0 for values. */
  readonly codes: Int32Array;
  readonly classes: number;
}

/** A trained network and how it came about. */
export interface TrainedMlp extends TrainingHistory {
  readonly network: MlpNetwork;
  /** Weights and intercepts of all layers, flat, as `mlpLayers` places them. */
  readonly parameters: Float32Array;
  /** Where the optimizer stands, for a training that goes on; `met` counts the rows met. */
  readonly optimizer: Pick<TrainingState, "first" | "second" | "steps"> & { readonly met: number };
}

/** Where the optimizer stands, as a device knows it: how many rows were met it does not. */
interface Unmet {
  readonly optimizer: Omit<TrainedMlp["optimizer"], "met">;
}

/** Classes as targets: one column of 0 and 1 for two, else one a class. codes: the class of each row, counted from 0. */
export function classTargets(codes: Int32Array, classes: number): Targets {
  const width = classes === 2 ? 1 : classes;
  const values = new Float32Array(codes.length * width);
  for (const [row, code] of codes.entries()) {
    if (width === 1) values[row] = code;
    else values[row * width + code] = 1;
  }
  return { outputs: "classes", values, width, codes, classes };
}

/** Numbers as targets, one a row. */
export function valueTargets(y: Float64Array): Targets {
  return {
    outputs: "values",
    values: Float32Array.from(y),
    width: 1,
    codes: new Int32Array(y.length),
    classes: 1,
  };
}

/** Trains a network on a device. `title` names the estimator; X: n×d. */
export async function trainMlp(
  title: string,
  params: AllMLPParams,
  device: Device,
  X: Matrix<Float64Array>,
  targets: Targets,
  tell: TellIteration<TrainedMlp> | null = null,
): Promise<TrainedMlp> {
  const streams = streamsOf(params.seed);
  const network = networkOf(params, X, targets);
  const fraction = heldFraction(X.rows, params);
  const parts = holdOut(targets.codes, targets.classes, fraction, streams.splits);
  if (params.earlyStopping === true && parts.held.length === 0)
    throw new RangeError(
      `${title}: earlyStopping needs rows to hold out, and ${fraction} of each class is none: give more rows or a larger validationFraction`,
    );
  const training = mlpTraining(params, network, streams, X, targets, parts);
  const rows = parts.train.length;
  const kind = params.solver === "sgd" ? params.learningRate : "constant";
  const withRowsMet = (trained: Omit<TrainedMlp, "optimizer"> & Unmet): TrainedMlp => {
    return { ...trained, optimizer: { ...trained.optimizer, met: trained.loss.length * rows } };
  };
  const trained = await trainEpochs(
    {
      open: ({ tier }, from: TrainingState | null) => openMlpTrainer(tier, { ...training, from }),
      state: (trainer) => trainer.state(),
      async result(trainer) {
        const { first, second, steps } = await trainer.state();
        return { network, parameters: await trainer.parameters(), optimizer: { first, second, steps } };
      },
    },
    {
      ...params,
      device,
      rows,
      random: streams.shuffles,
      validated: parts.held.length > 0,
      schedule: new Schedule(kind, params.learningRateInit, rows, params.powerT),
      remedy: `try a smaller learningRateInit, now ${params.learningRateInit}, or standardise the columns of X`,
    },
    new LiveFit(title, params.maxIter, "epochs", "loss", untrainedLoss(targets)),
    mapTeller(tell, withRowsMet),
  );
  return withRowsMet(trained);
}

/** The loss of a network whose outputs are all 0: each class as likely as any other, each value 0. */
export function untrainedLoss({
  outputs,
  values,
  width,
}: Pick<Targets, "outputs" | "values" | "width">): number {
  if (outputs === "classes") return Math.log(Math.max(width, 2));
  let squares = 0;
  for (const value of values) squares += value ** 2;
  return squares / 2 / values.length;
}

/** What a training draws from: a stream for each purpose, so that networks of any size meet the same rows held out and the same shuffles. */
interface Streams {
  readonly splits: Random;
  readonly weights: Random;
  readonly shuffles: SeededRandom;
  /** Decides which units are left out. */
  readonly dropout: number;
}

/** The streams of a seed. */
export function streamsOf(seed: number): Streams {
  const seeds = seededRandom(seed);
  const [splits, weights, shuffles] = Array.from({ length: 3 }, () => seededRandom(seeds.integer(2 ** 32)));
  return { splits: splits!, weights: weights!, shuffles: shuffles!, dropout: seeds.integer(2 ** 32) };
}

/** The network that parameters ask for, from the columns of X to the targets. */
export function networkOf(params: AllMLPParams, X: Matrix<Float64Array>, targets: Targets): MlpNetwork {
  const units = [X.columns, ...params.hiddenLayerSizes, targets.width];
  return { units, activation: params.activation, outputs: targets.outputs };
}

/** How a network is trained on some rows of X and judged by others. */
export function mlpTraining(
  params: AllMLPParams,
  network: MlpNetwork,
  { weights, dropout: seed }: Streams,
  X: Matrix<Float64Array>,
  targets: Targets,
  { train, held }: { readonly train: Uint32Array; readonly held: Uint32Array },
): MlpTraining {
  return {
    network,
    parameters: initialParameters(network, weights),
    optimizer: optimizerOf(params),
    learningRate: params.learningRateInit,
    batchSize: Math.min(batchRows(params), train.length),
    alpha: params.alpha,
    dropout: params.dropout,
    seed,
    train: takeRows(X, targets, train),
    held: held.length ? takeRows(X, targets, held) : null,
  };
}

/** The rows at `which` as a trainer takes them. */
function takeRows(X: Matrix<Float64Array>, { values, width }: Targets, which: Uint32Array): MlpRows {
  const x = new Float32Array(which.length * X.columns);
  const targets = new Float32Array(which.length * width);
  for (const [i, row] of which.entries()) {
    x.set(X.row(row), i * X.columns);
    targets.set(values.subarray(row * width, (row + 1) * width), i * width);
  }
  return { rows: which.length, x, targets };
}
