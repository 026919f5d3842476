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
  alpha: i % 4 > 1 ? 0.5 : 0,
  clipNorm: i % 5 === 2 ? 0.05 : null,
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
    alpha: 0,
    clipNorm: null,
    dropout: 0,
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
  { count, alpha, clipNorm, ...network }: (typeof recurrentShapes)[number],
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
    alpha,
    clipNorm,
    dropout: 0,
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
  const slopes = before.gradient(sequences, targets, all).map((slope, i) => {
    const penalty = isIntercept(network, i) ? 0 : alpha * parameters[i]!;
    return isPadding(network, i) ? 0 : (slope + penalty) / count;
  });
  gaps.push(...gapsOfMove(parameters, trained, slopes, clipNorm));
  const after = new RecurrentTwin(network, trained);
  gaps.push(done.heldLoss - after.loss(sequences, targets, all) / count);
  const given = await probabilities(network, trained, sequences);
  const wanted = [...all].flatMap((i) => after.probabilities(sequences, i));
  gaps.push(...wanted.map((p, i) => given[i]! - p));
  return gaps.reduce((most, gap) => (Math.abs(gap) > most || Number.isNaN(gap) ? Math.abs(gap) : most), 0);
}

/** Networks whose numbers are left out at random in a step. */
export const dropoutShapes = [4, 5, 6, 7, 8, 9, 10, 11, 13, 16, 17].flatMap((hiddenSize) =>
  (["lstm", "gru"] as const).map((cell) => ({ cell, hiddenSize })),
);

/** How far a trainer with dropout is from the twin, after a step over one sequence, with the numbers left out that its move shows. */
export async function dropoutGap(
  { cell, hiddenSize }: (typeof dropoutShapes)[number],
  open: (training: RecurrentTraining) => Promise<RecurrentTrainer>,
): Promise<number> {
  const training = recurrentTraining(cell);
  const network = { ...training.network, hiddenSize };
  const { parameters, targets } = recurrentProblem(network, 1);
  const sequences = {
    starts: Int32Array.of(0, 3),
    kinds: Int32Array.of(1, 2, 3),
    numbers: new Float32Array(6).fill(0.5),
  };
  const one = numbersBelow(1);
  const problem = { network, parameters, targets, sequences, train: one, held: one.subarray(1) };
  const optimizer = { beta1: 0.9, beta2: 0.999, epsilon: 1 };
  const trainer = await open({ ...training, ...problem, optimizer, learningRate: 0.5, dropout: 0.4 });
  const done = (await trainer.epoch(one, async () => true))!;
  const trained = await trainer.parameters();
  trainer.dispose();
  const { hidden, toOutput } = recurrentLayout(network);
  const mask = Array.from({ length: hidden }, (_, u) => {
    const weight = toOutput.at + u * toOutput.outputs;
    return trained[weight] === parameters[weight] ? 0 : 1 / 0.6;
  });
  const left = mask.slice(0, hiddenSize).filter((value) => value === 0).length;
  if (left === 0 || left === hiddenSize) return Infinity;
  const twin = new RecurrentTwin(network, parameters);
  const slopes = twin
    .gradient(sequences, targets, one, mask)
    .map((slope, i) => (isPadding(network, i) ? 0 : slope));
  const gaps = [
    done.loss - twin.loss(sequences, targets, one, mask),
    ...gapsOfMove(parameters, trained, slopes, null),
  ];
  return Math.max(...gaps.map(Math.abs));
}

/** How far parameters moved from where Adam's first step, with ε = 1 and η = 0.5, would have moved them by a gradient no longer than `clipNorm`. */
function gapsOfMove(
  before: Float32Array,
  after: Float32Array,
  gradient: readonly number[],
  clipNorm: number | null,
): number[] {
  const rate = (0.5 * Math.sqrt(1 - 0.999)) / (1 - 0.9);
  const norm = Math.hypot(...gradient);
  const factor = clipNorm !== null && norm > clipNorm ? clipNorm / norm : 1;
  return gradient.map((slope, i) => {
    const g = slope * factor;
    return after[i]! - (before[i]! - (rate * 0.1 * g) / (Math.sqrt(0.001 * g * g) + 1));
  });
}

/** Whether a parameter is an intercept, of which there is no penalty. */
function isIntercept(network: RecurrentNetwork, index: number): boolean {
  const { fromInput, fromHidden, toOutput } = recurrentLayout(network);
  return [fromInput, fromHidden, toOutput].some(({ at, inputs, outputs, intercepts }) => {
    const end = at + inputs * outputs;
    return intercepts && index >= end && index < end + outputs;
  });
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
