import type { Scorer, TopItems } from "../compute/top-items.ts";
import type { Estimator, Label, Labels } from "./estimator.ts";
import { describe, toLabels } from "./inputs.ts";
import { checkParam } from "./params.ts";
import { pacer } from "./pause.ts";
import { packModel, unpackModel } from "./saved.ts";
import type { Interactions, UserItems } from "./user-items.ts";

/** Items and their scores, best first, ties to the lowest id. */
export interface Recommendation {
  readonly ids: Label[];
  readonly scores: Float32Array;
}

/** An item and those most like it, itself first with a score of 1, as in implicit. */
export function itselfFirst(item: Label, { ids, scores }: Recommendation, n: number): Recommendation {
  const others = Math.min(ids.length, n - 1);
  const all = new Float32Array(others + 1);
  all[0] = 1;
  all.set(scores.subarray(0, others), 1);
  return { ids: [item, ...ids.slice(0, others)], scores: all };
}

/** Recommendations for many users: `ids[i]` and `scores[i]` are those of `users[i]`. */
export interface Recommendations {
  readonly users: readonly Label[];
  readonly ids: readonly (readonly Label[])[];
  readonly scores: readonly Float32Array[];
}

/** What may be recommended. */
export interface RecommendOptions {
  /** Whether items that the user has are left out. Default true. */
  readonly filterAlreadyLikedItems?: boolean;
}

/** Users that are served between two looks at the clock. */
const usersAtOnce = 16;

/** What recommenders have in common: they learn from users and items, and rank items for a user that they have seen. */
export abstract class Recommender<Params extends object, Fitted extends Interactions> implements Estimator {
  protected fitted: Fitted | null = null;
  #scorer: Scorer | null = null;
  #places: { readonly users: Map<Label, number>; readonly items: Map<Label, number> } | null = null;

  protected constructor(
    protected readonly name: string,
    protected readonly params: Required<Params>,
  ) {}

  /** How the fitted model scores items. */
  protected abstract makeScorer(fitted: Fitted): Scorer;

  /** Learns from who has what; gives itself. No rows are a RangeError; a missing id or a weight that is no number is a TypeError that names it and its row. */
  abstract fit(userItems: UserItems): Promise<this>;

  getParams(): Required<Params> & Readonly<Record<string, unknown>> {
    return this.params;
  }

  /** Ids of the users seen in fit, sorted. */
  get users(): readonly Label[] {
    return this.state.users;
  }

  /** Ids of the items seen in fit, sorted. */
  get items(): readonly Label[] {
    return this.state.items;
  }

  /** The n items with the highest scores for a user, fewer where there are no more. A user that fit did not see is a RangeError. */
  recommend(user: Label, n = 10, options: RecommendOptions = {}): Recommendation {
    const top = this.#top([this.#placeOf("user", user)], n, options);
    return this.recommendation(top, 0);
  }

  /** `recommend` for each of those users, all that fit saw by default. Stopping the cell is an AbortError. */
  async recommendAll(
    users: Labels = this.users,
    n = 10,
    options: RecommendOptions = {},
  ): Promise<Recommendations> {
    const { classes, codes } = toLabels(users, `${this.name}.recommendAll: users`);
    const places = classes.map((user) => this.#placeOf("user", user));
    const pace = pacer();
    const all: Recommendation[] = [];
    for (let from = 0; from < codes.length; from += usersAtOnce) {
      const some = Array.from(codes.subarray(from, from + usersAtOnce), (code) => places[code]!);
      const top = this.#top(some, n, options);
      for (let i = 0; i < some.length; i++) all.push(this.recommendation(top, i));
      await pace();
    }
    return {
      users: Array.from(codes, (code) => classes[code]!),
      ids: all.map(({ ids }) => ids),
      scores: all.map(({ scores }) => scores),
    };
  }

  /** The fitted estimator as bytes, for `load`. */
  save(): Uint8Array<ArrayBuffer> {
    return packModel(this.name, { params: this.params, fitted: this.state });
  }

  /** Takes on what was learnt. */
  protected learn(fitted: Fitted): this {
    this.fitted = fitted;
    this.#scorer = null;
    this.#places = null;
    return this;
  }

  protected get state(): Fitted {
    if (!this.fitted) throw new Error(`${this.name}: call fit first`);
    return this.fitted;
  }

  /** n, but no more than there are items; one that is no whole number of at least 1 is a RangeError. */
  protected checkCount(n: number): number {
    checkParam(this.name, "n", n, "a whole number of at least 1", Number.isInteger(n) && n >= 1);
    return Math.min(n, this.state.items.length);
  }

  /** The place of an item; one that fit did not see is a RangeError. */
  protected itemPlace(item: Label): number {
    return this.#placeOf("item", item);
  }

  /** Row i of the best items, with their own ids. */
  protected recommendation({ n, items, scores }: TopItems, i: number): Recommendation {
    const places = items.subarray(i * n, (i + 1) * n);
    const end = places.indexOf(-1);
    const found = end < 0 ? places : places.subarray(0, end);
    return {
      ids: Array.from(found, (item) => this.state.items[item]!),
      scores: scores.slice(i * n, i * n + found.length),
    };
  }

  #top(users: readonly number[], n: number, { filterAlreadyLikedItems = true }: RecommendOptions): TopItems {
    this.#scorer ??= this.makeScorer(this.state);
    return this.#scorer.top(users, this.checkCount(n), filterAlreadyLikedItems);
  }

  #placeOf(kind: "user" | "item", id: Label): number {
    this.#places ??= { users: placesOf(this.state.users), items: placesOf(this.state.items) };
    const place = this.#places[`${kind}s`].get(id);
    if (place === undefined)
      throw new RangeError(`${this.name}: expected ${a(kind)} seen in fit, got ${describe(id)}`);
    return place;
  }
}

/** What `save` of a recommender packed, as its `load` takes it. */
export interface SavedRecommender<Params, Fitted> {
  readonly params: Params;
  readonly fitted: Fitted;
}

/** The state in bytes that `save` of a recommender of that name gave; other bytes are a TypeError. */
export function unpackRecommender<Params, Fitted>(
  name: string,
  bytes: Uint8Array,
): SavedRecommender<Params, Fitted> {
  return unpackModel(name, bytes) as SavedRecommender<Params, Fitted>;
}

function placesOf(ids: readonly Label[]): Map<Label, number> {
  return new Map(ids.map((id, place) => [id, place]));
}

function a(kind: "user" | "item"): string {
  return kind === "user" ? "a user" : "an item";
}
