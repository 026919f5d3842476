import type { AdamSettings } from "../compute/adam.ts";
import type { Device } from "../compute/device.ts";
import { initialParameters, type Activation, type MlpNetwork } from "../compute/mlp-network.ts";
import { MlpTrainer, type MlpRows } from "../compute/mlp-trainer.ts";
import { seededRandom } from "../core/random.ts";
import type { Matrix } from "../data/matrix.ts";
import { holdOut } from "./training-holdout.ts";
import { LiveFit } from "./training-live.ts";
import { trainEpochs, type TrainingHistory } from "./training-loop.ts";

/** How `MLPClassifier` trains, all settings decided. */
export interface MlpPlan extends AdamSettings {
  readonly title: string;
  readonly hiddenLayerSizes: readonly number[];
  readonly activation: Activation;
  readonly alpha: number;
  readonly batchSize: number | "auto";
  readonly maxIter: number;
  readonly shuffle: boolean;
  readonly tol: number;
  readonly nIterNoChange: number;
  readonly earlyStopping: boolean | "auto";
  readonly seed: number;
  /** Share of the rows held out; 0 for none. */
  readonly heldFraction: number;
}

/** A trained network and how it came about. */
export interface TrainedMlp extends TrainingHistory {
  readonly network: MlpNetwork;
  /** Weights and intercepts of all layers, flat, as `mlpLayers` places them. */
  readonly parameters: Float32Array;
}

/** Trains a network on a device. codes: the class of each row of X, counted from 0. */
export async function trainMlp(
  plan: MlpPlan,
  device: Device,
  X: Matrix<Float64Array>,
  codes: Int32Array,
  classes: number,
): Promise<TrainedMlp> {
  // A stream for each purpose, so that networks of any size meet the same rows held out and the same shuffles.
  const seeds = seededRandom(plan.seed);
  const [splits, weights, shuffles] = Array.from({ length: 3 }, () => seededRandom(seeds.integer(2 ** 32)));
  const units = [X.columns, ...plan.hiddenLayerSizes, classes === 2 ? 1 : classes];
  const network = { units, activation: plan.activation };
  const parameters = initialParameters(network, weights!);
  const { train, held } = holdOut(codes, classes, plan.heldFraction, splits!);
  if (plan.earlyStopping === true && held.length === 0)
    throw new RangeError(
      `${plan.title}: earlyStopping needs rows to hold out, and ${plan.heldFraction} of each class is none: give more rows or a larger validationFraction`,
    );
  const rows = (which: Uint32Array): MlpRows => takeRows(X, codes, units.at(-1)!, which);
  const batchSize = Math.min(plan.batchSize === "auto" ? 200 : plan.batchSize, train.length);
  const trainer = new MlpTrainer({
    ...plan,
    batchSize,
    tier: device.tier,
    network,
    parameters,
    train: rows(train),
    held: held.length ? rows(held) : null,
  });
  try {
    const validated = held.length > 0;
    const remedy = `try a smaller learningRateInit, now ${plan.learningRate}, or standardise the columns of X`;
    const live = new LiveFit(plan.title, plan.maxIter);
    const loop = { ...plan, device, rows: train.length, random: shuffles!, validated, remedy };
    const history = await trainEpochs(trainer, loop, live);
    return { ...history, network, parameters: await trainer.parameters() };
  } finally {
    trainer.dispose();
  }
}

/** The rows at `which` as the trainer takes them: one column of 0 and 1 for two classes, else one a class. */
function takeRows(X: Matrix<Float64Array>, codes: Int32Array, outputs: number, which: Uint32Array): MlpRows {
  const x = new Float32Array(which.length * X.columns);
  const targets = new Float32Array(which.length * outputs);
  for (const [i, row] of which.entries()) {
    x.set(X.row(row), i * X.columns);
    const code = codes[row]!;
    if (outputs === 1) targets[i] = code;
    else targets[i * outputs + code] = 1;
  }
  return { rows: which.length, x, targets };
}
