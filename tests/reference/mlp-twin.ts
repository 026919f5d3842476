import type { Random } from "../../src/core/random.ts";
import { permutation } from "../../src/core/random.ts";

/** Settings of the twin, in the words of the trainer it checks. */
export interface TwinSettings {
  readonly units: readonly number[];
  readonly activation: "relu" | "tanh" | "logistic" | "identity";
  readonly parameters: Float32Array;
  readonly outputs: "classes" | "values";
  readonly batchSize: number;
  readonly alpha: number;
  readonly learningRate: number;
  readonly optimizer:
    | { readonly solver: "adam"; readonly beta1: number; readonly beta2: number; readonly epsilon: number }
    | { readonly solver: "sgd"; readonly momentum: number; readonly nesterovsMomentum: boolean };
}

/** Rows for the twin: x rows × inputs, targets rows × outputs. */
export interface TwinRows {
  readonly x: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
  readonly rows: number;
}

/** What each unit of each hidden layer is multiplied by where some are left out. */
export type TwinMasks = readonly (readonly number[])[];

/** The multilayer perceptron in plain double precision, one number at a time: slow, and easy to check by eye. */
export class MlpTwin {
  readonly theta: number[];
  readonly #first: number[];
  readonly #second: number[];
  #steps = 0;

  constructor(readonly settings: TwinSettings) {
    this.theta = Array.from(settings.parameters);
    this.#first = this.theta.map(() => 0);
    this.#second = this.theta.map(() => 0);
  }

  /** Trains one epoch; gives the mean loss of the rows as they were met. */
  epoch(data: TwinRows, random: Random): number {
    const order = permutation(data.rows, random);
    let sum = 0;
    for (let from = 0; from < data.rows; from += this.settings.batchSize) {
      const batch = order.subarray(from, from + this.settings.batchSize);
      const { loss, gradient } = this.batch(data, batch);
      sum += loss * batch.length;
      this.#step(gradient);
    }
    return sum / data.rows;
  }

  /** Mean loss of some rows, and the gradient of that plus the penalty. */
  batch(
    data: TwinRows,
    which: ArrayLike<number>,
    masks: TwinMasks = [],
  ): { loss: number; gradient: number[] } {
    const { units, alpha } = this.settings;
    const gradient = this.theta.map(() => 0);
    const [inputs, outputs] = [units[0]!, units.at(-1)!];
    let loss = 0;
    for (const row of Array.from(which)) {
      const x = Array.from({ length: inputs }, (_, j) => data.x[row * inputs + j]!);
      const values = this.#forward(x, masks);
      const target = Array.from({ length: outputs }, (_, k) => data.targets[row * outputs + k]!);
      const given = this.settings.outputs === "values" ? values.at(-1) : probability(values.at(-1));
      loss += this.#loss(given, target) / which.length;
      let error = given.map((p, k) => (p - target[k]!) / which.length);
      for (let layer = units.length - 2, at = this.theta.length; layer >= 0; layer--) {
        at -= (units[layer]! + 1) * units[layer + 1]!;
        error = this.#backward(layer, at, values[layer]!, error, gradient, masks[layer - 1]);
      }
    }
    this.#eachWeight((i) => (gradient[i]! += (alpha * this.theta[i]!) / which.length));
    return { loss, gradient };
  }

  /** What the network gives for a row: values, or probabilities (of the second class alone where it has one output). */
  predict(x: ArrayLike<number>): number[] {
    const last = this.#forward(Array.from(x)).at(-1);
    return this.settings.outputs === "values" ? last : probability(last);
  }

  /** The half of alpha/rows times the sum of squared weights, which `batch` adds to the gradient but not to the loss. */
  penalty(rows: number): number {
    let sum = 0;
    this.#eachWeight((i) => (sum += this.theta[i]! ** 2));
    return (this.settings.alpha / rows / 2) * sum;
  }

  /** The values of each layer, the last one before its probabilities. */
  #forward(x: number[], masks: TwinMasks = []): number[][] {
    const { units, activation } = this.settings;
    const values = [x];
    for (let layer = 0, at = 0; layer < units.length - 1; layer++) {
      const [m, n] = [units[layer]!, units[layer + 1]!];
      const sums = Array.from({ length: n }, (_, k) =>
        values[layer]!.reduce(
          (sum, v, j) => sum + v * this.theta[at + j * n + k]!,
          this.theta[at + m * n + k]!,
        ),
      );
      const mask = masks[layer];
      const hidden = sums.map((z, k) => activate(activation, z) * (mask?.[k] ?? 1));
      values.push(layer === units.length - 2 ? sums : hidden);
      at += (m + 1) * n;
    }
    return values;
  }

  /** Adds one layer's part to the gradient; gives the error of the layer before it. */
  #backward(
    layer: number,
    at: number,
    input: number[],
    error: number[],
    gradient: number[],
    mask: readonly number[] | undefined,
  ): number[] {
    const n = error.length;
    for (const [j, v] of input.entries())
      for (const [k, e] of error.entries()) gradient[at + j * n + k]! += v * e;
    for (const [k, e] of error.entries()) gradient[at + input.length * n + k]! += e;
    if (layer === 0) return [];
    return input.map((v, j) => {
      const factor = mask?.[j] ?? 1;
      if (factor === 0) return 0;
      const back = error.reduce((sum, e, k) => sum + e * this.theta[at + j * n + k]!, 0);
      return back * factor * slope(this.settings.activation, v / factor);
    });
  }

  #loss(given: number[], target: number[]): number {
    if (this.settings.outputs === "classes") return -logLikelihood(given, target);
    return given.reduce((sum, value, k) => sum + (value - target[k]!) ** 2 / 2, 0);
  }

  #step(gradient: number[]): void {
    const { optimizer, learningRate } = this.settings;
    const t = ++this.#steps;
    for (const [i, g] of gradient.entries()) {
      if (optimizer.solver === "sgd") {
        const { momentum, nesterovsMomentum } = optimizer;
        const velocity = momentum * this.#first[i]! - learningRate * g;
        this.#first[i] = velocity;
        this.theta[i]! += nesterovsMomentum ? momentum * velocity - learningRate * g : velocity;
        continue;
      }
      const { beta1, beta2, epsilon } = optimizer;
      const rate = (learningRate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t);
      this.#first[i] = beta1 * this.#first[i]! + (1 - beta1) * g;
      this.#second[i] = beta2 * this.#second[i]! + (1 - beta2) * g * g;
      this.theta[i]! -= (rate * this.#first[i]) / (Math.sqrt(this.#second[i]) + epsilon);
    }
  }

  #eachWeight(visit: (index: number) => void): void {
    const { units } = this.settings;
    for (let layer = 0, at = 0; layer < units.length - 1; layer++) {
      const weights = units[layer]! * units[layer + 1]!;
      for (let i = at; i < at + weights; i++) visit(i);
      at += weights + units[layer + 1]!;
    }
  }
}

function activate(activation: TwinSettings["activation"], z: number): number {
  if (activation === "relu") return Math.max(z, 0);
  if (activation === "tanh") return Math.tanh(z);
  return activation === "logistic" ? 1 / (1 + Math.exp(-z)) : z;
}

/** The derivative of an activation, from its value. */
function slope(activation: TwinSettings["activation"], value: number): number {
  if (activation === "relu") return value > 0 ? 1 : 0;
  if (activation === "tanh") return 1 - value * value;
  return activation === "logistic" ? value * (1 - value) : 1;
}

function probability(logits: number[]): number[] {
  if (logits.length === 1) return [1 / (1 + Math.exp(-logits[0]!))];
  const top = Math.max(...logits);
  const parts = logits.map((z) => Math.exp(z - top));
  const sum = parts.reduce((total, part) => total + part, 0);
  return parts.map((part) => part / sum);
}

function logLikelihood(given: number[], target: number[]): number {
  if (given.length === 1) return Math.log(target[0] ? given[0]! : 1 - given[0]!);
  return Math.log(given[target.indexOf(1)]!);
}
