import { afterEach, describe, expect, test } from "vitest";
import { initialParameters, mlpLayers, type Activation } from "../../../src/compute/mlp-network.ts";
import { MlpTrainer } from "../../../src/compute/mlp-trainer.ts";
import { readyDevice, tf } from "../../../src/compute/tfjs.ts";
import { permutation, seededRandom } from "../../../src/core/random.ts";
import { MlpTwin } from "../../reference/mlp-twin.ts";
import { clouds, moons, type Problem } from "../../reference/mlp-problems.ts";

const activations: readonly Activation[] = ["relu", "tanh", "logistic", "identity"];
const goOn = async (): Promise<boolean> => true;

await readyDevice("wasm");
const resting = tf.memory().numTensors;

afterEach(() => {
  expect(tf.memory().numTensors).toBe(resting);
});

describe.each([
  { what: "two classes", problem: moons(90), outputs: 1 },
  { what: "three classes", problem: clouds(90), outputs: 3 },
])("with $what", ({ problem, outputs }) => {
  test.each(activations)("%s units train as their plain twin does, loss by loss", async (activation) => {
    const settings = settingsFor(activation, outputs);
    const rows = rowsOf(problem, outputs);
    const twin = new MlpTwin(settings);
    const network = { units: settings.units, activation };
    const trainer = new MlpTrainer({ ...settings, tier: "wasm", network, train: rows, held: rows });
    const [ours, theirs] = [seededRandom(5), seededRandom(5)];
    for (let epoch = 0; epoch < 5; epoch++) {
      const done = await trainer.epoch(permutation(rows.rows, ours), goOn);
      expect(done!.loss).toBeCloseTo(twin.epoch(rows, theirs), 4);
      expect(done!.heldLoss).toBeCloseTo(twin.batch(rows, all(rows.rows)).loss, 4);
    }
    const parameters = await trainer.parameters();
    for (const [i, value] of parameters.entries()) expect(value).toBeCloseTo(twin.theta[i]!, 3);
    trainer.dispose();
  });

  test.each(activations)("the twin's gradient with %s units is that of finite differences", (activation) => {
    const settings = settingsFor(activation, outputs);
    const rows = rowsOf(problem, outputs);
    const batch = all(17);
    const { gradient } = new MlpTwin(settings).batch(rows, batch);
    const objective = (i: number, by: number): number => {
      const twin = new MlpTwin(settings);
      twin.theta[i]! += by;
      return twin.batch(rows, batch).loss + twin.penalty(batch.length);
    };
    for (const i of gradient.keys())
      expect(gradient[i]).toBeCloseTo((objective(i, 1e-6) - objective(i, -1e-6)) / 2e-6, 6);
  });
});

test("an epoch left unfinished gives null and frees what it used", async () => {
  const settings = settingsFor("relu", 1);
  const network = { units: settings.units, activation: settings.activation };
  const trainer = new MlpTrainer({
    ...settings,
    tier: "wasm",
    network,
    train: rowsOf(moons(90), 1),
    held: null,
  });
  let steps = 0;
  expect(await trainer.epoch(all(90), async () => ++steps < 2)).toBeNull();
  expect(steps).toBe(2);
  trainer.dispose();
});

test("the parameters remembered are those of that moment", async () => {
  const settings = settingsFor("relu", 1);
  const network = { units: settings.units, activation: settings.activation };
  const trainer = new MlpTrainer({
    ...settings,
    tier: "wasm",
    network,
    train: rowsOf(moons(90), 1),
    held: null,
  });
  trainer.keepBest();
  await trainer.epoch(all(90), goOn);
  expect(await trainer.parameters()).toEqual(settings.parameters);
  trainer.keepBest();
  expect(await trainer.parameters()).not.toEqual(settings.parameters);
  trainer.dispose();
});

test("first parameters fill the layers' own bounds", () => {
  const network = { units: [50, 40, 1], activation: "relu" } as const;
  const parameters = initialParameters(network, seededRandom(0));
  for (const { inputs, outputs, weights, intercepts } of mlpLayers(network).layers) {
    const bound = Math.sqrt(6 / (inputs + outputs));
    const largest = Math.max(...parameters.subarray(weights, intercepts + outputs).map(Math.abs));
    expect(largest).toBeLessThanOrEqual(bound);
    expect(largest).toBeGreaterThan(bound * 0.9);
  }
});

function settingsFor(activation: Activation, outputs: number) {
  const units = [2, 7, 5, outputs];
  const parameters = initialParameters({ units, activation }, seededRandom(3));
  // 90 rows in batches of 32 leave a last batch of 26, which is padded.
  return {
    units,
    activation,
    parameters,
    batchSize: 32,
    alpha: 0.1,
    learningRate: 0.01,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
  };
}

function rowsOf({ X, y }: Problem, outputs: number) {
  const names = [...new Set(y)].sort();
  const targets = y.map((name) =>
    outputs === 1 ? [names.indexOf(name)] : names.map((each) => (each === name ? 1 : 0)),
  );
  return { rows: X.length, x: Float32Array.from(X.flat()), targets: Float32Array.from(targets.flat()) };
}

function all(rows: number): Uint32Array {
  return Uint32Array.from({ length: rows }, (_, i) => i);
}
