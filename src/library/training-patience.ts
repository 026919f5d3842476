/** Counts epochs that brought nothing, as scikit-learn does. */
export class Patience {
  #best = Infinity;
  #idle = 0;

  constructor(
    private readonly tol: number,
    private readonly limit: number,
  ) {}

  /** One that goes on from here by itself. */
  copy(): Patience {
    const copy = new Patience(this.tol, this.limit);
    copy.#best = this.#best;
    copy.#idle = this.#idle;
    return copy;
  }

  get over(): boolean {
    return this.#idle > this.limit;
  }

  /** Begins to count anew. */
  renew(): void {
    this.#idle = 0;
  }

  /** Takes the loss of an epoch; tells whether it is the lowest yet. */
  lower(loss: number): boolean {
    this.#idle = loss > this.#best - this.tol ? this.#idle + 1 : 0;
    const lowest = loss < this.#best;
    if (lowest) this.#best = loss;
    return lowest;
  }
}
