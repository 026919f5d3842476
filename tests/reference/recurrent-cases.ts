import {
  initialRecurrent,
  recurrentLayout,
  type RecurrentNetwork,
} from "../../src/compute/recurrent-network.ts";
import type { RecurrentTrainer, RecurrentTraining } from "../../src/compute/recurrent-trainer.ts";
import type { Sequences } from "../../src/compute/sequences.ts";
import { seededRandom } from "../../src/core/random.ts";
import { RecurrentTwin } from "./recurrent-twin.ts";

const random = seededRandom(8);
const upTo = (most: number): number => 1 + random.integer(most);
/** Networks of many shapes, and how many sequences to give them. */
export const recurrentShapes = Array.from({ length: 26 }, (_, i) => ({
  cell: i % 2 ? ("gru" as const) : ("lstm" as const),
  kinds: 1 + upTo(5),
  embeddingSize: upTo(5),
  numbers: random.integer(4),
  // The last two have more gates than a workgroup has invocations.
  hiddenSize: i < 24 ? upTo(6) : 24,
  outputs: i % 3 ? 1 : 2 + upTo(4),
  count: i < 2 ? 1 : upTo(6),
}));

/** Random sequences, some without events, with targets and parameters for a network. */
export function recurrentProblem(network: RecurrentNetwork, count: number, longest = 7) {
  const starts = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) starts[i + 1] = starts[i]! + random.integer(longest + 1);
  const events = starts[count]!;
  const kinds = Int32Array.from({ length: events }, () => random.integer(network.kinds));
  const numbers = Float32Array.from({ length: events * network.numbers }, () => random.next() * 2 - 1);
  const targets = new Float32Array(count * network.outputs);
  for (let i = 0; i < count; i++) {
    if (network.outputs === 1) targets[i] = (kinds[starts[i]!] ?? 0) % 2;
    else targets[i * network.outputs + random.integer(network.outputs)] = 1;
  }
  const parameters = initialRecurrent(network, random).map((value, i) =>
    isPadding(network, i) ? 0 : value + (random.next() - 0.5) / 4,
  );
  return { parameters, targets, sequences: { starts, kinds, numbers } satisfies Sequences };
}

/** 50 sequences to train on in batches of 8, and 10 held out. */
export function recurrentTraining(cell: RecurrentNetwork["cell"]): RecurrentTraining {
  const network = { cell, kinds: 6, embeddingSize: 4, numbers: 2, hiddenSize: 70, outputs: 1 };
  const places = numbersBelow(60);
  return {
    network,
    ...recurrentProblem(network, 60),
    optimizer: { beta1: 0.9, beta2: 0.999, epsilon: 1e-3 },
    learningRate: 0.02,
    batchSize: 8,
    train: places.subarray(0, 50),
    held: places.subarray(50),
    seed: 0,
  };
}

/** What a network gives for sequences. */
export type Probabilities = (
  network: RecurrentNetwork,
  parameters: Float32Array,
  sequences: Sequences,
) => Promise<Float32Array>;

/**
 * How far a tier is from the twin: in the loss of a step over all sequences, the parameters after it, the loss of the same sequences then, and
 * what the network says of them. Adam's epsilon is 1, so that a small gradient makes a small step.
 */
export async function recurrentGap(
  { count, ...network }: (typeof recurrentShapes)[number],
  open: (training: RecurrentTraining) => Promise<RecurrentTrainer>,
  probabilities: Probabilities,
): Promise<number> {
  const { parameters, sequences, targets } = recurrentProblem(network, count, 4);
  const all = numbersBelow(count);
  const optimizer = { beta1: 0.9, beta2: 0.999, epsilon: 1 };
  const trainer = await open({
    network,
    parameters,
    optimizer,
    learningRate: 0.5,
    batchSize: count,
    sequences,
    targets,
    train: all,
    held: all,
    seed: 0,
  });
  const done = (await trainer.epoch(all, async () => true))!;
  const trained = await trainer.parameters();
  trainer.dispose();
  const before = new RecurrentTwin(network, parameters);
  const gaps = [done.loss - before.loss(sequences, targets, all) / count];
  const rate = (0.5 * Math.sqrt(1 - 0.999)) / (1 - 0.9);
  for (const [i, slope] of before.gradient(sequences, targets, all).entries()) {
    const g = isPadding(network, i) ? 0 : slope / count;
    const moved = parameters[i]! - (rate * 0.1 * g) / (Math.sqrt(0.001 * g * g) + 1);
    gaps.push(trained[i]! - moved);
  }
  const after = new RecurrentTwin(network, trained);
  gaps.push(done.heldLoss - after.loss(sequences, targets, all) / count);
  const given = await probabilities(network, trained, sequences);
  const wanted = [...all].flatMap((i) => after.probabilities(sequences, i));
  gaps.push(...wanted.map((p, i) => given[i]! - p));
  return gaps.reduce((most, gap) => (Math.abs(gap) > most || Number.isNaN(gap) ? Math.abs(gap) : most), 0);
}

/** Whether a parameter only fills its row up to a multiple of 4. */
export function isPadding(network: RecurrentNetwork, index: number): boolean {
  const { hidden, embedded, embedding, fromInput, fromHidden, toOutput } = recurrentLayout(network);
  const { embeddingSize, numbers, hiddenSize, outputs } = network;
  const own: [typeof embedding, (row: number) => boolean, (column: number) => boolean][] = [
    [embedding, () => true, (j) => j < embeddingSize],
    [
      fromInput,
      (i) => (i < embedded ? i < embeddingSize : i - embedded < numbers),
      (j) => j % hidden < hiddenSize,
    ],
    [fromHidden, (i) => i < hiddenSize, (j) => j % hidden < hiddenSize],
    [toOutput, (i) => i < hiddenSize, (j) => j < outputs],
  ];
  for (const [{ at, inputs, outputs: width, intercepts }, row, column] of own) {
    const place = index - at;
    if (place >= (inputs + (intercepts ? 1 : 0)) * width) continue;
    const i = Math.floor(place / width);
    return !((i === inputs || row(i)) && column(place % width));
  }
  return true;
}

/** 0 to n − 1. */
export function numbersBelow(n: number): Uint32Array {
  return Uint32Array.from({ length: n }, (_, i) => i);
}
