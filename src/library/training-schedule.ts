import type { LearningRate } from "./mlp-params.ts";

/** The least η that "adaptive" still divides. */
const least = 1e-6;

/** Scikit-learn's schedules of η for stochastic gradient descent; Adam keeps its η. */
export class Schedule {
  #rate: number;
  #met = 0;

  /** rows: rows of an epoch. */
  constructor(
    private readonly kind: LearningRate,
    private readonly first: number,
    private readonly rows: number,
    private readonly powerT: number,
  ) {
    this.#rate = first;
  }

  /** η of the epochs to come. */
  get learningRate(): number {
    return this.#rate;
  }

  /** Called after each epoch. */
  epochDone(): void {
    this.#met += this.rows;
    if (this.kind === "invscaling") this.#rate = this.first / (this.#met + 1) ** this.powerT;
  }

  /** Called where the loss no longer falls: true where training is to end. */
  exhausted(): boolean {
    if (this.kind !== "adaptive" || this.#rate <= least) return true;
    this.#rate /= 5;
    return false;
  }

  /** One that goes on from here by itself. */
  copy(): Schedule {
    const copy = new Schedule(this.kind, this.first, this.rows, this.powerT);
    copy.#rate = this.#rate;
    copy.#met = this.#met;
    return copy;
  }
}
