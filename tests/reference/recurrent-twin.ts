import { recurrentLayout, type RecurrentNetwork } from "../../src/compute/recurrent-network.ts";
import type { Sequences } from "../../src/compute/sequences.ts";

/** A recurrent network in plain double precision, one sequence and one number at a time. */
export class RecurrentTwin {
  readonly theta: number[];
  readonly #layout;

  constructor(
    readonly network: RecurrentNetwork,
    parameters: ArrayLike<number>,
  ) {
    this.theta = Array.from(parameters);
    this.#layout = recurrentLayout(network);
  }

  /** Sum of −log P(target) over the sequences `which`. targets: sequences × outputs; mask: what each number of a last state is multiplied by. */
  loss(
    data: Sequences,
    targets: ArrayLike<number>,
    which: ArrayLike<number>,
    mask: readonly number[] | null = null,
  ): number {
    const { outputs } = this.network;
    return Array.from(which).reduce((sum, i) => {
      const p = this.probabilities(data, i, mask);
      if (outputs === 1) return sum - Math.log(targets[i] ? p[0]! : 1 - p[0]!);
      return sum - p.reduce((log, each, k) => log + targets[i * outputs + k]! * Math.log(each), 0);
    }, 0);
  }

  /** The gradient of `loss` by each parameter, by central differences. */
  gradient(
    data: Sequences,
    targets: ArrayLike<number>,
    which: ArrayLike<number>,
    mask: readonly number[] | null = null,
  ): number[] {
    return this.theta.map((value, i) => {
      const at = (by: number): number => {
        this.theta[i] = value + by;
        return this.loss(data, targets, which, mask);
      };
      const slope = (at(1e-5) - at(-1e-5)) / 2e-5;
      this.theta[i] = value;
      return slope;
    });
  }

  /** What the network gives for one sequence. */
  probabilities(
    { starts, kinds, numbers }: Sequences,
    sequence: number,
    mask: readonly number[] | null = null,
  ): number[] {
    const { hidden, embedded, embedding, toOutput } = this.#layout;
    let h = Array.from({ length: hidden }, () => 0);
    let c = h;
    for (let event = starts[sequence]!; event < starts[sequence + 1]!; event++) {
      const from = embedding.at + kinds[event]! * embedded;
      const given = Array.from(
        numbers.subarray(event * this.network.numbers, (event + 1) * this.network.numbers),
      );
      const x = [...this.theta.slice(from, from + embedded), ...given];
      [h, c] = this.network.cell === "lstm" ? this.#lstm(x, h, c) : [this.#gru(x, h), c];
    }
    const logits = this.#sums(toOutput, mask ? h.map((value, u) => value * mask[u]!) : h).slice(
      0,
      this.network.outputs,
    );
    if (logits.length === 1) return [logistic(logits[0]!)];
    const parts = logits.map((z) => Math.exp(z - Math.max(...logits)));
    return parts.map((part) => part / parts.reduce((sum, each) => sum + each, 0));
  }

  #lstm(x: number[], h: number[], c: number[]): [number[], number[]] {
    const fromX = this.#sums(this.#layout.fromInput, x);
    const fromH = this.#sums(this.#layout.fromHidden, h);
    const z = (gate: number, u: number): number => fromX[gate * h.length + u]! + fromH[gate * h.length + u]!;
    const next = c.map((value, u) => logistic(z(1, u)) * value + logistic(z(0, u)) * Math.tanh(z(2, u)));
    return [next.map((value, u) => logistic(z(3, u)) * Math.tanh(value)), next];
  }

  #gru(x: number[], h: number[]): number[] {
    const fromX = this.#sums(this.#layout.fromInput, x);
    const fromH = this.#sums(this.#layout.fromHidden, h);
    return h.map((value, u) => {
      const [r, z, g] = [u, h.length + u, 2 * h.length + u];
      const reset = logistic(fromX[r]! + fromH[r]!);
      const update = logistic(fromX[z]! + fromH[z]!);
      return (1 - update) * Math.tanh(fromX[g]! + reset * fromH[g]!) + update * value;
    });
  }

  #sums(
    { at, outputs, inputs, intercepts }: { at: number; inputs: number; outputs: number; intercepts: boolean },
    values: number[],
  ): number[] {
    return Array.from({ length: outputs }, (_, j) =>
      values.reduce(
        (sum, value, i) => sum + value * this.theta[at + i * outputs + j]!,
        intercepts ? this.theta[at + inputs * outputs + j]! : 0,
      ),
    );
  }
}

function logistic(z: number): number {
  return 1 / (1 + Math.exp(-z));
}
