import { describe, expect, test } from "vitest";
import { recurrentLayout, type RecurrentNetwork } from "../../../../src/compute/recurrent-network.ts";
import { bucketed, longestFirst, partsOf } from "../../../../src/compute/sequences.ts";
import { RecurrentMemory } from "../../../../src/compute/simd/recurrent-memory.ts";
import { simdRecurrentProbabilities } from "../../../../src/compute/simd/recurrent-predict.ts";
import type { RecurrentTraining } from "../../../../src/compute/recurrent-trainer.ts";
import { SimdRecurrentTrainer } from "../../../../src/compute/simd/recurrent-trainer.ts";
import { permutation, seededRandom } from "../../../../src/core/random.ts";
import {
  dropoutGap,
  dropoutShapes,
  isPadding,
  numbersBelow,
  recurrentGap,
  recurrentProblem,
  recurrentShapes,
} from "../../../reference/recurrent-cases.ts";
import { RecurrentTwin } from "../../../reference/recurrent-twin.ts";

describe.each(recurrentShapes)(
  "$cell of $hiddenSize, $count sequences, $outputs outputs",
  ({ count, ...network }) => {
    const { parameters, sequences, targets } = recurrentProblem(network, count, 4);
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
      const given = await simdRecurrentProbabilities(network, parameters, sequences);
      expectNear(
        given,
        [...numbersBelow(count)].flatMap((i) => twin.probabilities(sequences, i)),
        1e-5,
      );
    });
  },
);

test("training lowers the loss, repeats bit for bit, and differs by seed", async () => {
  const network = { cell: "gru", kinds: 6, embeddingSize: 4, numbers: 1, hiddenSize: 8, outputs: 1 } as const;
  const problem = recurrentProblem(network, 60);
  const run = async (seed: number) => {
    const trainer = new SimdRecurrentTrainer(trainingOf(network, problem, seed));
    const losses: number[] = [];
    for (let epoch = 0; epoch < 15; epoch++)
      losses.push((await trainer.epoch(permutation(50, seededRandom(epoch)), async () => true))!.heldLoss);
    return { losses, parameters: await trainer.parameters(), last: trainer };
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
  const problem = recurrentProblem(network, 60);
  const trainer = new SimdRecurrentTrainer(trainingOf(network, problem, 0));
  trainer.keepBest();
  let steps = 0;
  expect(await trainer.epoch(permutation(50, seededRandom(0)), async () => ++steps < 3)).toBeNull();
  expect(steps).toBe(3);
  expect(await trainer.parameters()).toEqual(problem.parameters);
  trainer.keepBest();
  expect(await trainer.parameters()).not.toEqual(problem.parameters);
});

const open = async (training: RecurrentTraining): Promise<SimdRecurrentTrainer> =>
  new SimdRecurrentTrainer(training);

test.each(recurrentShapes.slice(2, 8))(
  "a step of $cell of $hiddenSize with alpha $alpha and clipNorm $clipNorm is its twin's",
  async (shape) => {
    expect(await recurrentGap(shape, open, simdRecurrentProbabilities)).toBeLessThan(1e-4);
  },
);

test.each(dropoutShapes)(
  "dropout in $cell of $hiddenSize trains the rest as its twin does",
  async (shape) => {
    expect(await dropoutGap(shape, open)).toBeLessThan(1e-4);
  },
);

test("a training that goes on elsewhere from its state ends with the same bits", async () => {
  const network = { cell: "gru", kinds: 6, embeddingSize: 4, numbers: 1, hiddenSize: 8, outputs: 1 } as const;
  const training = trainingOf(network, recurrentProblem(network, 60), 3);
  const goOn = async (): Promise<boolean> => true;
  const whole = new SimdRecurrentTrainer(training);
  await whole.epoch(numbersBelow(50), goOn);
  whole.keepBest();
  await whole.epoch(numbersBelow(50), goOn);
  const other = new SimdRecurrentTrainer({ ...training, from: await whole.state() });
  expect(await other.parameters()).toEqual(await whole.parameters());
  const done = [await whole.epoch(numbersBelow(50), goOn), await other.epoch(numbersBelow(50), goOn)];
  expect(done[0]).toEqual(done[1]);
  const { first, second } = await whole.state();
  expect(await other.state()).toMatchObject({ first, second, steps: 21 });
});

test("batches hold every sequence once, longest first, and parts stay below their size", () => {
  const { sequences } = recurrentProblem({ ...recurrentShapes[0]!, cell: "lstm" }, 100);
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

function trainingOf(
  network: RecurrentNetwork,
  problem: ReturnType<typeof recurrentProblem>,
  seed: number,
): RecurrentTraining {
  const optimizer = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
  const places = numbersBelow(60);
  const [train, held] = [places.subarray(0, 50), places.subarray(50)];
  const plain = { alpha: 0, clipNorm: null, dropout: 0 };
  return { network, ...problem, ...plain, optimizer, learningRate: 0.02, batchSize: 8, train, held, seed };
}

function expectNear(found: ArrayLike<number>, wanted: readonly number[], tolerance: number): void {
  expect(found.length).toBe(wanted.length);
  const apart = wanted.map((value, i) => Math.abs(found[i]! - value));
  expect(Math.max(0, ...apart)).toBeLessThan(tolerance);
}
