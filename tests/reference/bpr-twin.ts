import type { BprTraining } from "../../src/compute/bpr.ts";

/** A draw: rows of the user, of the item liked and of the other. */
export type Triple = readonly [user: number, liked: number, other: number];

/** Bayesian personalised ranking in plain double precision, one number at a time: slow, and easy to check by eye. */
export class BprTwin {
  readonly users: number[];
  readonly items: number[];
  readonly #width: number;

  constructor(readonly training: BprTraining) {
    this.users = Array.from(training.start.users);
    this.items = Array.from(training.start.items);
    this.#width = training.factors + 1;
  }

  /** One epoch; gives the mean of −log σ(x) as the draws were met. */
  epoch(key: number): number {
    const draws = this.training.userItems.indices.length;
    let [loss, met] = [0, 0];
    for (let from = 0; from < draws; from += this.training.batchSize) {
      const batch = this.draws(key, from, Math.min(from + this.training.batchSize, draws));
      loss += this.loss(batch);
      met += batch.length;
      const { users, items } = this.gradient(batch);
      const { learningRate } = this.training;
      for (const [i, g] of users.entries()) this.users[i]! -= learningRate * g;
      for (const [i, g] of items.entries()) this.items[i]! -= learningRate * g;
    }
    return met ? loss / met : 0;
  }

  /** Draws `from` to `to` of an epoch, without those left out. */
  draws(key: number, from: number, to: number): Triple[] {
    const { userItems, negatives, verifyNegativeSamples } = this.training;
    const { starts, indices } = userItems;
    const triples: Triple[] = [];
    for (let draw = from; draw < to; draw++) {
      const like = below(word(key, 2 * draw), indices.length);
      const other = negatives[below(word(key, 2 * draw + 1), negatives.length)]!;
      const user = starts.findLastIndex((start) => start <= like);
      const own = indices.subarray(starts[user], starts[user + 1]);
      if (!(verifyNegativeSamples && own.includes(other))) triples.push([user, indices[like]!, other]);
    }
    return triples;
  }

  /** Σ −log σ(x) of some draws. */
  loss(batch: readonly Triple[]): number {
    return batch.reduce((sum, triple) => sum + Math.log1p(Math.exp(-this.#x(triple))), 0);
  }

  /** ½λ Σ of the squares of the rows of each draw, whose gradient is added to that of the loss. The 1 of a user is no factor. */
  penalty(batch: readonly Triple[]): number {
    const square = (values: number[], row: number, length: number) =>
      values
        .slice(row * this.#width, row * this.#width + length)
        .reduce((sum, value) => sum + value * value, 0);
    return batch.reduce(
      (sum, [user, liked, other]) =>
        sum +
        (this.training.regularization / 2) *
          (square(this.users, user, this.training.factors) +
            square(this.items, liked, this.#width) +
            square(this.items, other, this.#width)),
      0,
    );
  }

  /** The gradient of loss and penalty. */
  gradient(batch: readonly Triple[]): { users: number[]; items: number[] } {
    const { factors, regularization } = this.training;
    const [users, items] = [this.users.map(() => 0), this.items.map(() => 0)];
    for (const triple of batch) {
      const [user, liked, other] = triple.map((row) => row * this.#width) as [number, number, number];
      const z = 1 / (1 + Math.exp(this.#x(triple)));
      for (let f = 0; f <= factors; f++) {
        const [u, i, j] = [this.users[user + f]!, this.items[liked + f]!, this.items[other + f]!];
        if (f < factors) users[user + f]! -= z * (i - j) - regularization * u;
        items[liked + f]! -= z * u - regularization * i;
        items[other + f]! -= -z * u - regularization * j;
      }
    }
    return { users, items };
  }

  #x([user, liked, other]: Triple): number {
    let x = 0;
    for (let f = 0; f < this.#width; f++)
      x +=
        this.users[user * this.#width + f]! *
        (this.items[liked * this.#width + f]! - this.items[other * this.#width + f]!);
    return x;
  }
}

/** Word n of a stream of SplitMix32. */
function word(key: number, n: number): number {
  let t = (key + Math.imul(n + 1, 0x9e3779b9)) >>> 0;
  t = Math.imul(t ^ (t >>> 16), 0x21f0aaad);
  t = Math.imul(t ^ (t >>> 15), 0x735a2d97);
  return (t ^ (t >>> 15)) >>> 0;
}

function below(bits: number, bound: number): number {
  return Number((BigInt(bits) * BigInt(bound)) >> 32n);
}
