import { describe, expect, test } from "vitest";
import {
  initialRecurrent,
  recurrentLayout,
  type RecurrentNetwork,
} from "../../../../src/compute/recurrent-network.ts";
import { bucketed, longestFirst, partsOf, type Sequences } from "../../../../src/compute/sequences.ts";
import { RecurrentMemory } from "../../../../src/compute/simd/recurrent-memory.ts";
import { recurrentProbabilities } from "../../../../src/compute/simd/recurrent-predict.ts";
import { RecurrentTrainer, type RecurrentTraining } from "../../../../src/compute/simd/recurrent-trainer.ts";
import { permutation, seededRandom } from "../../../../src/core/random.ts";
import { RecurrentTwin } from "../../../reference/recurrent-twin.ts";

const random = seededRandom(8);
const upTo = (most: number): number => 1 + random.integer(most);
const shapes = Array.from({ length: 24 }, (_, i) => ({
  cell: i % 2 ? ("gru" as const) : ("lstm" as const),
  kinds: 1 + upTo(5),
  embeddingSize: upTo(5),
  numbers: random.integer(4),
  hiddenSize: upTo(6),
  outputs: i % 3 ? 1 : 2 + upTo(4),
  count: i < 2 ? 1 : upTo(6),
}));

describe.each(shapes)("$cell of $hiddenSize, $count sequences, $outputs outputs", ({ count, ...network }) => {
  const { parameters, sequences, targets } = problemOf(network, count, 4);
  const twin = new RecurrentTwin(network, parameters);
  const order = longestFirst(numbersBelow(count), sequences.starts);

  test("its loss, gradient and probabilities are its twin's", async () => {
    const memory = new RecurrentMemory(network, sequences, count, targets);
    memory.parameters.view().set(parameters);
    const { embedding } = recurrentLayout(network);
    const embeddings = embedding.inputs * embedding.outputs;
    const { kernels, at } = memory;
    memory.gradient.view().fill(NaN);
    const loss = kernels.recurrentGradient(at, memory.place(order), count, 1, 0, embeddings);
    expect(loss).toBeCloseTo(twin.loss(sequences, targets, order), 4);
    expect(kernels.recurrentLoss(at, memory.place(order), count)).toBeCloseTo(loss, 5);
    // Padding is no parameter: what differences say of it does not count.
    const own = twin.gradient(sequences, targets, order);
    const wanted = own.map((slope, i) => (isPadding(network, i) ? 0 : slope));
    expectNear(memory.gradient.view(), wanted, 2e-4);
    kernels.recurrentGradient(at, memory.place(order), count, 2, 1, embeddings);
    const tripled = wanted.map((slope) => 3 * slope);
    expectNear(memory.gradient.view(), tripled, 6e-4);
    const given = await recurrentProbabilities(network, parameters, sequences);
    expectNear(
      given,
      [...numbersBelow(count)].flatMap((i) => twin.probabilities(sequences, i)),
      1e-5,
    );
  });
});

test("training lowers the loss, repeats bit for bit, and differs by seed", async () => {
  const network = { cell: "gru", kinds: 6, embeddingSize: 4, numbers: 1, hiddenSize: 8, outputs: 1 } as const;
  const problem = problemOf(network, 60);
  const run = async (seed: number) => {
    const trainer = new RecurrentTrainer(trainingOf(network, problem, seed));
    const losses: number[] = [];
    for (let epoch = 0; epoch < 15; epoch++)
      losses.push((await trainer.epoch(permutation(50, seededRandom(epoch)), async () => true))!.heldLoss);
    return { losses, parameters: trainer.parameters, last: trainer };
  };
  const [a, b, c] = [await run(1), await run(1), await run(2)];
  expect(a.parameters).toEqual(b.parameters);
  expect(a.losses).toEqual(b.losses);
  expect(a.parameters).not.toEqual(c.parameters);
  const mean = await a.last.epoch(permutation(50, seededRandom(0)), async () => true);
  expect(mean!.loss).toBeLessThan(0.6);
  for (const [i, value] of a.parameters.entries()) if (isPadding(network, i)) expect(value).toBe(0);
});

test("an epoch left unfinished gives null, and the parameters remembered are those of that moment", async () => {
  const network = {
    cell: "lstm",
    kinds: 6,
    embeddingSize: 4,
    numbers: 0,
    hiddenSize: 8,
    outputs: 3,
  } as const;
  const problem = problemOf(network, 60);
  const trainer = new RecurrentTrainer(trainingOf(network, problem, 0));
  trainer.keepBest();
  let steps = 0;
  expect(await trainer.epoch(permutation(50, seededRandom(0)), async () => ++steps < 3)).toBeNull();
  expect(steps).toBe(3);
  expect(trainer.parameters).toEqual(problem.parameters);
  trainer.keepBest();
  expect(trainer.parameters).not.toEqual(problem.parameters);
});

test("batches hold every sequence once, longest first, and parts stay below their size", () => {
  const { sequences } = problemOf({ ...shapes[0]!, cell: "lstm" }, 100);
  const length = (i: number): number => sequences.starts[i + 1]! - sequences.starts[i]!;
  const batches = bucketed(permutation(100, seededRandom(1)), sequences, 7, seededRandom(2));
  expect(batches.flatMap((batch) => [...batch]).sort((a, b) => a - b)).toEqual([...numbersBelow(100)]);
  for (const batch of batches) {
    const lengths = Array.from(batch, length);
    expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
    const parts = partsOf(batch, sequences, 20);
    expect(parts.flatMap((part) => [...part])).toEqual([...batch]);
    for (const part of parts) expect(part.reduce((sum, i) => sum + length(i), 0)).toBeLessThanOrEqual(20);
  }
});

function problemOf(network: RecurrentNetwork, count: number, longest = 7) {
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

function trainingOf(
  network: RecurrentNetwork,
  problem: ReturnType<typeof problemOf>,
  seed: number,
): RecurrentTraining {
  const optimizer = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
  const places = numbersBelow(60);
  const [train, held] = [places.subarray(0, 50), places.subarray(50)];
  return { network, ...problem, optimizer, learningRate: 0.02, batchSize: 8, train, held, seed };
}

/** Whether a parameter only fills its row up to a multiple of 4. */
function isPadding(network: RecurrentNetwork, index: number): boolean {
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

function numbersBelow(n: number): Uint32Array {
  return Uint32Array.from({ length: n }, (_, i) => i);
}

function expectNear(found: ArrayLike<number>, wanted: readonly number[], tolerance: number): void {
  expect(found.length).toBe(wanted.length);
  const apart = wanted.map((value, i) => Math.abs(found[i]! - value));
  expect(Math.max(0, ...apart)).toBeLessThan(tolerance);
}
