import { expect, test } from "vitest";
import type { Activation, MlpNetwork } from "../../../../src/compute/mlp-network.ts";
import { initialParameters } from "../../../../src/compute/mlp-network.ts";
import { mlpPredictions } from "../../../../src/compute/mlp-tiers.ts";
import type { MlpTraining } from "../../../../src/compute/mlp-trainer.ts";
import { SimdMlpTrainer } from "../../../../src/compute/simd/mlp-trainer.ts";
import { openSimd } from "../../../../src/compute/simd/simd.ts";
import { permutation, seededRandom } from "../../../../src/core/random.ts";
import { dropoutCases, dropoutGap, mlpCases, mlpGap, predictionGap } from "../../../reference/mlp-cases.ts";
import { MlpTwin } from "../../../reference/mlp-twin.ts";

const random = seededRandom(21);
const kinds = ["relu", "tanh", "logistic", "identity"] as const;
const shapes = Array.from({ length: 24 }, (_, i) => ({
  rows: i === 0 ? 1 : 1 + random.integer(40),
  batchSize: 1 + random.integer(20),
  units: [1 + random.integer(11), ...Array.from({ length: i % 4 }, () => 1 + random.integer(11))],
  outputs: 1 + random.integer(5),
  activation: kinds[i % 4]!,
  kind: i % 3 ? ("classes" as const) : ("values" as const),
}));

test.each(shapes)("$units units to $outputs $kind, $rows rows by $batchSize, $activation", async (shape) => {
  const training = trainingOf(shape);
  const twin = new MlpTwin({ ...training, ...training.network });
  const trainer = new SimdMlpTrainer(training);
  const { rows } = training.train;
  for (let epoch = 0; epoch < 2; epoch++) {
    const done = await trainer.epoch(permutation(rows, seededRandom(epoch)), async () => true);
    expect(done!.loss).toBeCloseTo(twin.epoch(training.train, seededRandom(epoch)), 4);
  }
  const parameters = await trainer.parameters();
  for (const [i, value] of parameters.entries()) expect(value).toBeCloseTo(twin.theta[i]!, 4);
  const again = new SimdMlpTrainer(training);
  for (let epoch = 0; epoch < 2; epoch++)
    await again.epoch(permutation(rows, seededRandom(epoch)), async () => true);
  expect(await again.parameters()).toEqual(parameters);
  const given = await mlpPredictions("wasm", training.network, parameters, training.train.x);
  expect(predictionGap(given, { training }, parameters)).toBeLessThan(1e-5);
});

test.each(mlpCases)("$name: training and predictions are those of the twin", async (one) => {
  const trainer = new SimdMlpTrainer(one.training);
  expect(await mlpGap(trainer, one)).toBeLessThan(1e-4);
  const parameters = await trainer.parameters();
  const given = await mlpPredictions("wasm", one.training.network, parameters, one.training.train.x);
  expect(predictionGap(given, one, parameters)).toBeLessThan(1e-5);
});

test.each(dropoutCases)("a step with dropout trains the rest of $network as its twin does", async (one) => {
  expect(await dropoutGap(new SimdMlpTrainer(one), one)).toBeLessThan(1e-5);
});

test("a batch that passes in parts trains as one that passes whole", async () => {
  const shape = { rows: 40, batchSize: 40, units: [1500, 1500], outputs: 1, kind: "values" } as const;
  const training = { ...trainingOf({ ...shape, activation: "tanh" }), optimizer: plain, learningRate: 1e-3 };
  let breaths = 0;
  const whole = new SimdMlpTrainer(training);
  await whole.epoch(permutation(40, seededRandom(0)), async () => ++breaths > 0);
  expect(breaths).toBeGreaterThan(5);
  const alone = await Promise.all([0, 20].map((from) => halfStep(training, from)));
  const together = await whole.parameters();
  for (let i = 0; i < together.length; i += 997) {
    const moved = alone.reduce((sum, half) => sum + half[i]! - training.parameters[i]!, 0) / 2;
    expect(together[i]! - training.parameters[i]!).toBeCloseTo(moved, 5);
  }
});

test("dropout leaves out the share asked for, and scales up the rest", () => {
  const simd = openSimd("dropOut");
  const n = 40_000;
  const [value, mask, dropped] = [simd.f32(new Float32Array(n).fill(3)), simd.f32(n), simd.f32(n)];
  const random = simd.i32([1, 22, 333, 4444]);
  for (let i = 0; i < 3; i++)
    simd.kernels.dropOut(value.at, mask.at, dropped.at, n, 0.25 * 2 ** 32, random.at);
  const kept = mask.view().filter((factor) => factor > 0);
  expect(kept.length / n).toBeCloseTo(0.75, 2);
  expect(new Set(kept)).toEqual(new Set([Math.fround(4 / 3)]));
  expect(dropped.view()).toEqual(mask.view().map((factor) => (factor ? 4 : 0)));
});

const adam = { solver: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-6 } as const;
const plain = { solver: "sgd", momentum: 0, nesterovsMomentum: false } as const;

async function halfStep(training: MlpTraining, from: number): Promise<Float32Array> {
  const order = permutation(40, seededRandom(0)).subarray(from, from + 20);
  const inputs = training.network.units[0]!;
  const x = Float32Array.from([...order].flatMap((row) => [...rowOf(training.train.x, row, inputs)]));
  const targets = Float32Array.from(order, (row) => training.train.targets[row]!);
  const half = new SimdMlpTrainer({
    ...training,
    train: { rows: 20, x, targets },
    alpha: training.alpha / 2,
  });
  await half.epoch(
    Uint32Array.from({ length: 20 }, (_, i) => i),
    async () => true,
  );
  return half.parameters();
}

function rowOf(x: Float32Array, row: number, width: number): Float32Array {
  return x.subarray(row * width, (row + 1) * width);
}

function trainingOf(shape: {
  readonly rows: number;
  readonly batchSize: number;
  readonly units: readonly number[];
  readonly outputs: number;
  readonly activation: Activation;
  readonly kind: MlpNetwork["outputs"];
}): MlpTraining {
  const { rows, batchSize, outputs, activation, kind } = shape;
  const network = { units: [...shape.units, outputs], activation, outputs: kind };
  const inputs = network.units[0]!;
  const targets = new Float32Array(rows * outputs);
  for (let i = 0; i < rows; i++) {
    if (kind === "values" || outputs === 1)
      for (let k = 0; k < outputs; k++) targets[i * outputs + k] = random.integer(2);
    else targets[i * outputs + random.integer(outputs)] = 1;
  }
  return {
    network,
    parameters: initialParameters(network, random),
    optimizer: rows % 2 ? { solver: "sgd", momentum: 0.7, nesterovsMomentum: outputs > 2 } : adam,
    learningRate: 0.01,
    batchSize,
    alpha: 0.01,
    dropout: 0,
    seed: 0,
    train: { rows, x: Float32Array.from({ length: rows * inputs }, () => random.next() * 2 - 1), targets },
    held: null,
  };
}
