import { identity } from "../compute/csr.ts";
import { factorScorer } from "../compute/simd/top-items.ts";
import type { Scorer } from "../compute/top-items.ts";
import { Matrix } from "../data/matrix.ts";
import type { Resumption } from "../specs/training.ts";
import type { Label } from "./estimator.ts";
import { itselfFirst, Recommender, type Recommendation } from "./recommender.ts";
import type { Interactions } from "./user-items.ts";

/** What a model of factors has learnt. Rows of factors are `width` numbers. */
export interface FittedFactors extends Interactions {
  readonly width: number;
  readonly userFactors: Float32Array;
  readonly itemFactors: Float32Array;
  readonly loss: Float64Array;
  readonly stopped: boolean;
  readonly resumed?: readonly Resumption[];
}

/** A recommender whose score of an item for a user is the product of their rows of factors. */
export abstract class FactorRecommender<Params extends object> extends Recommender<Params, FittedFactors> {
  #similar: Scorer | null = null;

  /** Factors of the users, in the order of `users`. */
  get userFactors(): Matrix<Float32Array> {
    const { userFactors, users, width } = this.state;
    return new Matrix(userFactors, users.length, width);
  }

  /** Factors of the items, in the order of `items`. */
  get itemFactors(): Matrix<Float32Array> {
    const { itemFactors, items, width } = this.state;
    return new Matrix(itemFactors, items.length, width);
  }

  /** The loss of each epoch. */
  get lossCurve(): Float64Array {
    return this.state.loss;
  }

  /** Epochs done. */
  get nIter(): number {
    return this.state.loss.length;
  }

  /** Whether a person ended training early. */
  get stopped(): boolean {
    return this.state.stopped;
  }

  /** GPU devices that were lost in fit, and how it went on. */
  get resumed(): readonly Resumption[] {
    return this.state.resumed ?? [];
  }

  /** The n items most like an item by the cosine of their factors: itself first, as in implicit. An item that fit did not see is a RangeError. */
  similarItems(item: Label, n = 10): Recommendation {
    const count = this.checkCount(n);
    const place = this.itemPlace(item);
    this.#similar ??= this.#itemScorer();
    return itselfFirst(item, this.recommendation(this.#similar.top([place], count, true), 0), count);
  }

  protected override learn(fitted: FittedFactors): this {
    this.#similar = null;
    return super.learn(fitted);
  }

  protected makeScorer({ matrix, userFactors, itemFactors, width }: FittedFactors): Scorer {
    return factorScorer(matrix, userFactors, itemFactors, width);
  }

  #itemScorer(): Scorer {
    const { items, itemFactors, width } = this.state;
    const unit = itemFactors.slice();
    for (let from = 0; from < unit.length; from += width) {
      const row = unit.subarray(from, from + width);
      const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
      if (norm > 0) for (let j = 0; j < width; j++) row[j]! /= norm;
    }
    return factorScorer(identity(items.length), unit, unit, width);
  }
}
