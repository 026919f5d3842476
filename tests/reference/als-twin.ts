import type { AlsTraining } from "../../src/compute/als.ts";
import { dense } from "./sparse-problems.ts";

type Rows = number[][];

/** Alternating least squares in plain double precision over every pair of a user and an item: slow, and easy to check by eye. */
export class AlsTwin {
  users: Rows;
  items: Rows;
  readonly #confidence: Rows;

  constructor(readonly training: AlsTraining) {
    const { start, factors, userItems } = training;
    this.users = rowsOf(start.users, factors);
    this.items = rowsOf(start.items, factors);
    this.#confidence = dense(userItems);
  }

  /** One epoch; gives the loss after it. */
  epoch(): number {
    this.users = this.users.map((x, u) => this.#solve(x, this.#confidence[u]!, this.items));
    const columns = this.items.map((_, i) => this.#confidence.map((row) => row[i]!));
    this.items = this.items.map((y, i) => this.#solve(y, columns[i]!, this.users));
    return this.loss() / this.#confidence.flat().reduce((sum, c) => sum + Math.abs(c || 1), 0);
  }

  /** Σ |c|(p − x·y)² + λ(Σ‖x‖² + Σ‖y‖²) over all pairs. */
  loss(): number {
    let sum = 0;
    for (const [u, x] of this.users.entries())
      for (const [i, y] of this.items.entries()) {
        const c = this.#confidence[u]![i]!;
        sum += Math.abs(c || 1) * (Number(c > 0) - dot(x, y)) ** 2;
      }
    const square = [...this.users, ...this.items].reduce((total, row) => total + dot(row, row), 0);
    return sum + this.training.regularization * square;
  }

  /** Half the gradient of the loss by one row, turned about: what is left of the equations for it. */
  residual(x: readonly number[], confidence: readonly number[], others: Rows): number[] {
    const rest = x.map((value) => -this.training.regularization * value);
    for (const [i, y] of others.entries()) {
      const c = confidence[i]!;
      const weight = Math.abs(c || 1) * (Number(c > 0) - dot(x, y));
      for (const [f, value] of y.entries()) rest[f]! += weight * value;
    }
    return rest;
  }

  /** The confidence of user u. */
  confidenceOf(u: number): readonly number[] {
    return this.#confidence[u]!;
  }

  #solve(start: readonly number[], confidence: readonly number[], others: Rows): number[] {
    if (confidence.every((c) => c === 0)) return start.map(() => 0);
    const x = [...start];
    const rest = this.residual(x, confidence, others);
    let direction = [...rest];
    for (let step = 0; step < this.training.cgSteps && dot(rest, rest) >= 1e-20; step++) {
      const moved = this.#product(direction, confidence, others);
      const before = dot(rest, rest);
      const alpha = before / dot(direction, moved);
      for (const f of x.keys()) {
        x[f]! += alpha * direction[f]!;
        rest[f]! -= alpha * moved[f]!;
      }
      const beta = dot(rest, rest) / before;
      direction = direction.map((value, f) => rest[f]! + beta * value);
    }
    return x;
  }

  #product(v: readonly number[], confidence: readonly number[], others: Rows): number[] {
    const product = v.map((value) => this.training.regularization * value);
    for (const [i, y] of others.entries()) {
      const weight = Math.abs(confidence[i]! || 1) * dot(v, y);
      for (const [f, value] of y.entries()) product[f]! += weight * value;
    }
    return product;
  }
}

function rowsOf(values: Float32Array, width: number): Rows {
  return Array.from({ length: values.length / width }, (_, row) =>
    Array.from(values.subarray(row * width, (row + 1) * width)),
  );
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, f) => sum + value * b[f]!, 0);
}
