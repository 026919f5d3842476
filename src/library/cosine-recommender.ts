import type { Csr } from "../compute/csr.ts";
import { cpuDevice } from "../compute/device.ts";
import { cosineNeighbours, type Neighbours } from "../compute/simd/item-cosine.ts";
import { sparseScorer } from "../compute/simd/top-items.ts";
import type { Scorer } from "../compute/top-items.ts";
import type { Label } from "./estimator.ts";
import { liveSearch } from "./live-search.ts";
import { checkParam, withDefaults } from "./params.ts";
import { itselfFirst, Recommender, unpackRecommender, type Recommendation } from "./recommender.ts";
import { toLikes, type Interactions, type UserItems } from "./user-items.ts";

const name = "CosineRecommender";

/** Parameters of `CosineRecommender`. */
export interface CosineRecommenderParams {
  /** Most similar items that count for an item. Default 100 (implicit's own is 20). */
  readonly K?: number;
  /** Taken by every estimator; nothing here is random. Default 0. */
  readonly seed?: number;
}

type Params = Required<CosineRecommenderParams>;

interface Fitted extends Interactions {
  readonly neighbours: Neighbours;
}

/**
 * Item-based nearest neighbours: the score of item i for user u is Σⱼ wᵤⱼ · sim(i, j) over those of the K items most similar to i that u has,
 * where sim(i, j) = Σᵤ wᵤᵢwᵤⱼ / √(Σᵤ wᵤᵢ² Σᵤ wᵤⱼ²), the cosine of their columns of weights. Items without a score above 0 are not recommended.
 * Source: Sarwar, Karypis, Konstan & Riedl 2001; Deshpande & Karypis 2004.
 */
export class CosineRecommender extends Recommender<CosineRecommenderParams, Fitted> {
  constructor(params: CosineRecommenderParams = {}) {
    super(name, withDefaults(name, { K: 100, seed: 0 }, params));
    const { K } = this.params;
    checkParam(name, "K", K, "a whole number of at least 1", Number.isInteger(K) && K >= 1);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): CosineRecommender {
    const { params, fitted } = unpackRecommender<Params, Fitted>(name, bytes);
    return new CosineRecommender(params).learn(fitted);
  }

  /** Finds the K items most similar to each, shown live where it takes long. Stop there, like stopping the cell, is an AbortError. */
  async fit(userItems: UserItems): Promise<this> {
    const likes = toLikes(userItems, `${name}.fit`);
    const k = Math.min(this.params.K, Math.max(likes.items.length - 1, 1));
    const neighbours = await liveSearch(
      name,
      likes.items.length,
      "items",
      cpuDevice("cpu-model"),
      (breathe) => cosineNeighbours(likes.matrix, k, breathe),
    );
    return this.learn({ ...likes, neighbours });
  }

  /** The n items most similar to an item, of the K that count: itself first, as in implicit. An item that fit did not see is a RangeError. */
  similarItems(item: Label, n = 10): Recommendation {
    const count = this.checkCount(n);
    const { k, ids, similarities } = this.state.neighbours;
    const others = this.recommendation({ n: k, items: ids, scores: similarities }, this.itemPlace(item));
    return itselfFirst(item, others, count);
  }

  protected makeScorer({ matrix, neighbours }: Fitted): Scorer {
    return sparseScorer(matrix, countedBy(neighbours, matrix.columns));
  }
}

/** Row j lists the items that count item j among their neighbours, and how similar they are. */
function countedBy({ k, ids, similarities }: Neighbours, items: number): Csr {
  const starts = new Int32Array(items + 1);
  for (let place = 0; place < ids.length; place++) if (ids[place]! >= 0) starts[ids[place]! + 1]!++;
  for (let j = 0; j < items; j++) starts[j + 1]! += starts[j]!;
  const next = starts.slice(0, items);
  const indices = new Int32Array(starts[items]!);
  const values = new Float64Array(starts[items]!);
  for (let i = 0, place = 0; i < items; i++)
    for (const end = place + k; place < end; place++) {
      if (ids[place]! < 0) continue;
      const at = next[ids[place]!]!++;
      indices[at] = i;
      values[at] = similarities[place]!;
    }
  return { rows: items, columns: items, starts, indices, values };
}
