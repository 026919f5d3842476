import { describe, expect, test } from "vitest";
import { initialParameters, mlpLayers, type Activation } from "../../../src/compute/mlp-network.ts";
import type { MlpTraining } from "../../../src/compute/mlp-trainer.ts";
import { SimdMlpTrainer } from "../../../src/compute/simd/mlp-trainer.ts";
import { permutation, seededRandom } from "../../../src/core/random.ts";
import { MlpTwin } from "../../reference/mlp-twin.ts";
import { clouds, moons, type Problem } from "../../reference/mlp-problems.ts";

const activations: readonly Activation[] = ["relu", "tanh", "logistic", "identity"];
const adam = { solver: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
const goOn = async (): Promise<boolean> => true;

const problems = [
  { what: "two classes", problem: moons(90), outputs: 1, kind: "classes" },
  { what: "three classes", problem: clouds(90), outputs: 3, kind: "classes" },
  { what: "two values", problem: moons(90), outputs: 2, kind: "values" },
] as const;

describe.each(problems)("with $what", ({ problem, outputs, kind }) => {
  test.each(activations)("%s units train as their plain twin does, loss by loss", async (activation) => {
    await likeItsTwin(trainingFor(problem, activation, outputs, kind));
  });
});

test.each([false, true])(
  "gradient descent with momentum trains as its twin does (Nesterov: %s)",
  async (nesterovsMomentum) => {
    const optimizer = { solver: "sgd", momentum: 0.8, nesterovsMomentum } as const;
    await likeItsTwin({ ...trainingFor(moons(90), "tanh", 1, "classes"), optimizer });
  },
);

test("an epoch left unfinished gives null and frees what it used", async () => {
  const trainer = new SimdMlpTrainer(trainingFor(moons(90), "relu", 1, "classes"));
  let steps = 0;
  expect(await trainer.epoch(all(90), async () => ++steps < 2)).toBeNull();
  expect(steps).toBe(2);
  trainer.dispose();
});

test("the parameters remembered are those of that moment", async () => {
  const training = trainingFor(moons(90), "relu", 1, "classes");
  const trainer = new SimdMlpTrainer(training);
  trainer.keepBest();
  await trainer.epoch(all(90), goOn);
  expect(await trainer.parameters()).toEqual(training.parameters);
  trainer.keepBest();
  expect(await trainer.parameters()).not.toEqual(training.parameters);
  trainer.dispose();
});

test.each([adam, { solver: "sgd", momentum: 0.8, nesterovsMomentum: true } as const])(
  "a training that goes on elsewhere from its state ends with the same bits (%o)",
  async (optimizer) => {
    const training = { ...trainingFor(clouds(90), "relu", 3, "classes"), optimizer };
    const whole = new SimdMlpTrainer(training);
    await whole.epoch(all(90), goOn);
    whole.keepBest();
    await whole.epoch(all(90), goOn);
    const other = new SimdMlpTrainer({ ...training, from: await whole.state() });
    expect(await other.parameters()).toEqual(await whole.parameters());
    const [a, b] = [await whole.epoch(all(90), goOn), await other.epoch(all(90), goOn)];
    expect(a).toEqual(b);
    expect(await other.state()).toEqual(await whole.state());
  },
);

test("dropout gives the same bits with the same seed, and a loss that is right on average", async () => {
  const epoch = async (seed: number, dropout: number): Promise<number> => {
    const settings = trainingFor(moons(90), "identity", 1, "classes");
    const trainer = new SimdMlpTrainer({ ...settings, seed, dropout, learningRate: 1e-6, held: null });
    const done = await trainer.epoch(all(90), goOn);
    trainer.dispose();
    return done!.loss;
  };
  expect(await epoch(1, 0.3)).toBe(await epoch(1, 0.3));
  expect(await epoch(1, 0.3)).not.toBe(await epoch(2, 0.3));
  const losses = await Promise.all(Array.from({ length: 40 }, (_, seed) => epoch(seed, 0.1)));
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  expect(Math.abs(mean - (await epoch(0, 0)))).toBeLessThan(0.1);
});

async function likeItsTwin(training: MlpTraining): Promise<void> {
  const { network, train } = training;
  const twin = new MlpTwin({ ...training, ...network });
  const trainer = new SimdMlpTrainer(training);
  const [ours, theirs] = [seededRandom(5), seededRandom(5)];
  for (let epoch = 0; epoch < 5; epoch++) {
    const done = await trainer.epoch(permutation(train.rows, ours), goOn);
    expect(done!.loss).toBeCloseTo(twin.epoch(train, theirs), 4);
    expect(done!.heldLoss).toBeCloseTo(twin.batch(train, all(train.rows)).loss, 4);
  }
  const parameters = await trainer.parameters();
  for (const [i, value] of parameters.entries()) expect(value).toBeCloseTo(twin.theta[i]!, 3);
  trainer.dispose();
}

describe.each(problems)("with $what", ({ problem, outputs, kind }) => {
  test.each(activations)("the twin's gradient with %s units is that of finite differences", (activation) => {
    const training = trainingFor(problem, activation, outputs, kind);
    const settings = { ...training, ...training.network };
    const batch = all(17);
    const { gradient } = new MlpTwin(settings).batch(training.train, batch);
    const objective = (i: number, by: number): number => {
      const twin = new MlpTwin(settings);
      twin.theta[i]! += by;
      return twin.batch(training.train, batch).loss + twin.penalty(batch.length);
    };
    for (const i of gradient.keys())
      expect(gradient[i]).toBeCloseTo((objective(i, 1e-6) - objective(i, -1e-6)) / 2e-6, 6);
  });
});

test("first parameters fill the layers' own bounds", () => {
  const network = { units: [50, 40, 1], activation: "relu", outputs: "classes" } as const;
  const parameters = initialParameters(network, seededRandom(0));
  for (const { inputs, outputs, weights, intercepts } of mlpLayers(network).layers) {
    const bound = Math.sqrt(6 / (inputs + outputs));
    const largest = Math.max(...parameters.subarray(weights, intercepts + outputs).map(Math.abs));
    expect(largest).toBeLessThanOrEqual(bound);
    expect(largest).toBeGreaterThan(bound * 0.9);
  }
});

function trainingFor(
  problem: Problem,
  activation: Activation,
  outputs: number,
  kind: "classes" | "values",
): MlpTraining {
  const network = { units: [2, 7, 5, outputs], activation, outputs: kind };
  const rows = rowsOf(problem, outputs);
  return {
    network,
    parameters: initialParameters(network, seededRandom(3)),
    optimizer: adam,
    learningRate: 0.01,
    // 90 rows in batches of 32 leave a last batch of 26, of another size.
    batchSize: 32,
    alpha: 0.1,
    dropout: 0,
    seed: 0,
    train: rows,
    held: rows,
  };
}

function rowsOf({ X, y }: Problem, outputs: number) {
  const names = [...new Set(y)].sort();
  const targets = y.map((name) =>
    outputs === 1 ? [names.indexOf(name)] : Array.from({ length: outputs }, (_, k) => +(names[k] === name)),
  );
  return { rows: X.length, x: Float32Array.from(X.flat()), targets: Float32Array.from(targets.flat()) };
}

function all(rows: number): Uint32Array {
  return Uint32Array.from({ length: rows }, (_, i) => i);
}
