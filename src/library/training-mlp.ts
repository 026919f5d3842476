import type { Device } from "../compute/device.ts";
import { initialParameters, type MlpNetwork, type Outputs } from "../compute/mlp-network.ts";
import { openMlpTrainer } from "../compute/mlp-tiers.ts";
import type { MlpRows } from "../compute/mlp-trainer.ts";
import type { TrainingState } from "../compute/training-state.ts";
import { seededRandom } from "../core/random.ts";
import type { Matrix } from "../data/matrix.ts";
import { batchRows, heldFraction, optimizerOf, type AllMLPParams } from "./mlp-params.ts";
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
): Promise<TrainedMlp> {
  // A stream for each purpose, so that networks of any size meet the same rows held out and the same shuffles.
  const seeds = seededRandom(params.seed);
  const [splits, weights, shuffles] = Array.from({ length: 3 }, () => seededRandom(seeds.integer(2 ** 32)));
  const units = [X.columns, ...params.hiddenLayerSizes, targets.width];
  const network: MlpNetwork = { units, activation: params.activation, outputs: targets.outputs };
  const parameters = initialParameters(network, weights!);
  const fraction = heldFraction(X.rows, params);
  const { train, held } = holdOut(targets.codes, targets.classes, fraction, splits!);
  if (params.earlyStopping === true && held.length === 0)
    throw new RangeError(
      `${title}: earlyStopping needs rows to hold out, and ${fraction} of each class is none: give more rows or a larger validationFraction`,
    );
  const training = {
    network,
    parameters,
    optimizer: optimizerOf(params),
    learningRate: params.learningRateInit,
    batchSize: Math.min(batchRows(params), train.length),
    alpha: params.alpha,
    dropout: params.dropout,
    seed: seeds.integer(2 ** 32),
    train: takeRows(X, targets, train),
    held: held.length ? takeRows(X, targets, held) : null,
  };
  const rows = train.length;
  const kind = params.solver === "sgd" ? params.learningRate : "constant";
  return trainEpochs(
    {
      open: ({ tier }, from: TrainingState | null) => openMlpTrainer(tier, { ...training, from }),
      state: (trainer) => trainer.state(),
      result: async (trainer) => ({ network, parameters: await trainer.parameters() }),
    },
    {
      ...params,
      device,
      rows,
      random: shuffles!,
      validated: held.length > 0,
      schedule: new Schedule(kind, params.learningRateInit, rows, params.powerT),
      remedy: `try a smaller learningRateInit, now ${params.learningRateInit}, or standardise the columns of X`,
    },
    new LiveFit(title, params.maxIter),
  );
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
