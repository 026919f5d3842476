import { sharedScorer } from "../compute/simd/top-items.ts";
import type { Scorer } from "../compute/top-items.ts";
import { Recommender, unpackRecommender } from "./recommender.ts";
import { withDefaults } from "./params.ts";
import { toLikes, type Interactions, type UserItems } from "./user-items.ts";

const name = "PopularityRecommender";

/** Parameters of `PopularityRecommender`. */
export interface PopularityRecommenderParams {
  /** Taken by every estimator; nothing here is random. Default 0. */
  readonly seed?: number;
}

/**
 * The most popular items that a user has not: the score of an item is how many users have it. Weights do not matter, but for 0, which is no
 * pair. What any model of tastes has to beat. Source: Cremonesi, Koren & Turrin 2010, "TopPop".
 */
export class PopularityRecommender extends Recommender<PopularityRecommenderParams, Interactions> {
  constructor(params: PopularityRecommenderParams = {}) {
    super(name, withDefaults(name, { seed: 0 }, params));
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): PopularityRecommender {
    const { params, fitted } = unpackRecommender<PopularityRecommenderParams, Interactions>(name, bytes);
    return new PopularityRecommender(params).learn(fitted);
  }

  /** Learns how many users have each item. */
  async fit(userItems: UserItems): Promise<this> {
    return this.learn(toLikes(userItems, `${name}.fit`));
  }

  protected makeScorer({ matrix }: Interactions): Scorer {
    const users = new Float32Array(matrix.columns);
    for (const item of matrix.indices) users[item]!++;
    return sharedScorer(matrix, users);
  }
}
