import type { KMeansKernel, KMeansRows } from "../compute/k-means.ts";
import { permutation, type Random } from "../core/random.ts";

/** What is known of centres besides where they are. */
export interface BatchWeights {
  /** Rows that each centre has met. */
  readonly weights: Float64Array;
  /** Rows since centres were last looked at for being lost. */
  readonly sinceReassigned: number;
}

/** Centres that each batch moves by the share that its rows are of all the rows they met. Source: Sculley 2010. */
export class BatchCentres implements BatchWeights {
  /** k × columns, row-major. */
  readonly places: Float64Array;
  readonly weights: Float64Array;
  sinceReassigned: number;

  constructor(
    start: Float32Array,
    readonly columns: number,
    private readonly reassignmentRatio: number,
    private readonly random: Random,
    before: BatchWeights | null = null,
  ) {
    this.places = Float64Array.from(start);
    this.weights = before?.weights.slice() ?? new Float64Array(start.length / columns);
    this.sinceReassigned = before?.sinceReassigned ?? 0;
  }

  /** Moves the centres by a batch, which the kernel holds. Gives its inertia before, and Σ of the squared moves. */
  async step(kernel: KMeansKernel, batch: KMeansRows): Promise<{ inertia: number; moved: number }> {
    const before = this.places.slice();
    const due = this.#reassignmentDue(batch.rows);
    kernel.setCentres(Float32Array.from(this.places));
    const { inertia, counts, centres } = await kernel.step();
    for (const [c, count] of counts.entries()) {
      this.weights[c]! += count;
      for (let at = c * this.columns; count && at < (c + 1) * this.columns; at++)
        this.places[at]! += ((centres[at]! - this.places[at]!) * count) / this.weights[c]!;
    }
    if (due && this.reassignmentRatio > 0) this.#reassign(batch);
    const moved = this.places.reduce((sum, value, at) => sum + (value - before[at]!) ** 2, 0);
    return { inertia, moved };
  }

  /** Whether it is time to look for lost centres: some have met no row, or there were ten rows a centre since. */
  #reassignmentDue(rows: number): boolean {
    this.sinceReassigned += rows;
    if (!this.weights.includes(0) && this.sinceReassigned < 10 * this.weights.length) return false;
    this.sinceReassigned = 0;
    return true;
  }

  /** Moves the centres that met few rows, at most half as many as the batch has, to rows of the batch, as scikit-learn does. */
  #reassign({ rows, columns, x }: KMeansRows): void {
    const few = this.reassignmentRatio * Math.max(...this.weights);
    const order = [...this.weights.keys()].sort((a, b) => this.weights[a]! - this.weights[b]! || a - b);
    const lost = order.filter((c) => this.weights[c]! < few).slice(0, Math.floor(rows / 2));
    if (lost.length === 0) return;
    const least = Math.min(...this.weights.filter((_, c) => !lost.includes(c)));
    const drawn = permutation(rows, this.random).subarray(0, lost.length);
    for (const [i, c] of lost.entries()) {
      this.places.set(x.subarray(drawn[i]! * columns, (drawn[i]! + 1) * columns), c * columns);
      this.weights[c] = least;
    }
  }
}
