import { initialParameters, type Activation } from "../../src/compute/mlp-network.ts";
import type { MlpTrainer, MlpTraining } from "../../src/compute/mlp-trainer.ts";
import { permutation, seededRandom } from "../../src/core/random.ts";
import { MlpTwin } from "./mlp-twin.ts";

/** A network to train, and how. */
export interface MlpCase {
  readonly name: string;
  readonly training: MlpTraining;
}

const activations: readonly Activation[] = ["relu", "tanh", "logistic", "identity"];
const optimizers: readonly MlpTraining["optimizer"][] = [
  { solver: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  { solver: "sgd", momentum: 0.8, nesterovsMomentum: true },
  { solver: "sgd", momentum: 0.5, nesterovsMomentum: false },
];

const shapes: readonly (readonly [rows: number, batchSize: number, units: readonly number[]])[] = [
  [1, 1, [1, 1]],
  [1, 5, [3, 2, 1]],
  [2, 1, [1, 4, 1]],
  [3, 2, [4, 3]],
  [5, 5, [2, 7, 5, 1]],
  [7, 3, [5, 1, 1, 1]],
  [16, 8, [3, 16, 1]],
  [17, 4, [6, 9, 3]],
  [31, 32, [7, 65, 2]],
  [33, 16, [2, 64, 32, 1]],
  [40, 7, [11, 5, 4, 3, 2]],
  [63, 63, [1, 33, 17, 1]],
  [64, 64, [9, 8, 5]],
  [65, 10, [13, 20, 1]],
  [70, 30, [4, 3, 3, 3, 3]],
  [90, 32, [2, 7, 5, 3]],
  [100, 1, [3, 4, 1]],
  [127, 50, [20, 12, 1]],
  [129, 128, [8, 40, 10, 1]],
  [200, 33, [5, 6, 6, 4]],
  [257, 256, [3, 10, 1]],
  [600, 600, [4, 9, 2]],
];

/** Random rows and networks of many shapes: with equal rows, a constant column, batches that do not divide the rows, and every loss, activation and optimizer. */
export const mlpCases: readonly MlpCase[] = shapes.map(([rows, batchSize, units], i) => {
  const random = seededRandom(100 + i);
  const [inputs, outputs] = [units[0]!, units.at(-1)!];
  const kind = i % 3 === 2 ? "values" : "classes";
  const activation = activations[i % 4]!;
  const network = { units, activation, outputs: kind } as const;
  const x = Float32Array.from({ length: rows * inputs }, () => random.next() * 2 - 1);
  for (let row = 0; row < rows; row++) {
    if (inputs > 2) x[row * inputs + 1] = 0.5;
    if (row > 0 && row % 5 === 0) x.copyWithin(row * inputs, 0, inputs);
  }
  const targets = new Float32Array(rows * outputs);
  for (let row = 0; row < rows; row++)
    if (kind === "values") for (let k = 0; k < outputs; k++) targets[row * outputs + k] = random.next();
    else if (outputs === 1) targets[row] = random.integer(2);
    else targets[row * outputs + random.integer(outputs)] = 1;
  const data = { rows, x, targets };
  const optimizer = optimizers[i % 3]!;
  return {
    name: `${units.join("-")} ${activation} ${kind}, ${rows} rows by ${batchSize}, ${optimizer.solver}`,
    training: {
      network,
      parameters: initialParameters(network, random),
      optimizer,
      learningRate: 0.02,
      batchSize,
      alpha: i % 2 ? 0.1 : 0,
      dropout: 0,
      seed: i,
      train: data,
      held: i % 4 === 3 ? null : data,
    },
  };
});

/** The largest difference of a trainer from its twin in three epochs: of losses, and of parameters at the end. */
export async function mlpGap(trainer: MlpTrainer, { training }: MlpCase): Promise<number> {
  const { network, train, held } = training;
  const twin = new MlpTwin({ ...training, ...network });
  let gap = 0;
  for (let epoch = 0; epoch < 3; epoch++) {
    const done = await trainer.epoch(permutation(train.rows, seededRandom(epoch)), async () => true);
    gap = Math.max(gap, Math.abs(done!.loss - twin.epoch(train, seededRandom(epoch))));
    if (held) {
      const every = Uint32Array.from({ length: held.rows }, (_, row) => row);
      gap = Math.max(gap, Math.abs(done!.heldLoss - twin.batch(held, every).loss));
    }
  }
  for (const [i, value] of (await trainer.parameters()).entries())
    gap = Math.max(gap, Math.abs(value - twin.theta[i]!));
  return gap;
}

/** Networks whose units are left out at random in a step over one row. */
export const dropoutCases: readonly MlpTraining[] = [
  [4, 19, 1],
  [3, 8, 11, 4],
  [5, 9, 70, 2],
  [6, 30, 7, 12, 1],
  [1, 6, 1],
  [1, 33, 1],
  [2, 16, 3],
  [2, 65, 1],
  [7, 12, 5],
  [9, 64, 1],
  [16, 127, 2],
  [3, 9, 9, 1],
  [4, 17, 8, 2],
  [8, 32, 16, 1],
  [5, 13, 31, 3],
  [2, 40, 40, 1],
  [11, 66, 10, 6],
  [3, 8, 9, 10, 1],
  [4, 15, 16, 17, 2],
  [1, 20, 12, 9, 1],
  [6, 10, 11, 12, 13, 1],
  [20, 96, 48, 7],
].map((units, i) => {
  const random = seededRandom(i);
  const network = {
    units,
    activation: activations[(i + 1) % 4]!,
    outputs: i % 5 === 2 ? "values" : "classes",
  } as const;
  const targets = Float32Array.from({ length: units.at(-1) }, (_, k) => Number(k === 0));
  const x = Float32Array.from({ length: units[0]! }, () => random.next() * 2 - 1);
  return {
    network,
    parameters: initialParameters(network, random),
    optimizer: { solver: "sgd", momentum: 0, nesterovsMomentum: false },
    learningRate: 0.5,
    batchSize: 1,
    alpha: 0,
    dropout: 0.4,
    seed: i,
    train: { rows: 1, x, targets },
    held: null,
  };
});

/** How far a step with dropout is from the twin's, with those units left out that its move shows; Infinity where none or all are. */
export async function dropoutGap(trainer: MlpTrainer, training: MlpTraining): Promise<number> {
  const { network, parameters, train, learningRate } = training;
  const { loss } = (await trainer.epoch(Uint32Array.of(0), async () => true))!;
  const moved = await trainer.parameters();
  const masks: number[][] = [];
  let at = (network.units[0]! + 1) * network.units[1]!;
  for (const [layer, units] of network.units.slice(1, -1).entries()) {
    const next = network.units[layer + 2]!;
    const kept = (unit: number): boolean => {
      const from = at + unit * next;
      return moved.subarray(from, from + next).some((value, k) => value !== parameters[from + k]);
    };
    masks.push(Array.from({ length: units }, (_, unit) => (kept(unit) ? 1 / 0.6 : 0)));
    at += (units + 1) * next;
  }
  if (masks.some((mask) => new Set(mask).size < 2)) return Infinity;
  const twin = new MlpTwin({ ...training, ...network }).batch(train, [0], masks);
  const gaps = twin.gradient.map((slope, i) => moved[i]! - (parameters[i]! - learningRate * slope));
  return Math.max(Math.abs(loss - twin.loss), ...gaps.map(Math.abs));
}

/** The largest difference between what a network gives for its training rows and what the twin says. */
export function predictionGap(
  given: Float32Array,
  { training }: Pick<MlpCase, "training">,
  parameters: Float32Array,
): number {
  const { network, train } = training;
  const [inputs, outputs] = [network.units[0]!, network.units.at(-1)!];
  const twin = new MlpTwin({ ...training, ...network, parameters });
  let gap = 0;
  for (let row = 0; row < train.rows; row++)
    for (const [k, value] of twin.predict(train.x.subarray(row * inputs, (row + 1) * inputs)).entries())
      gap = Math.max(gap, Math.abs(value - given[row * outputs + k]!));
  return gap;
}
