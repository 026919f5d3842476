import type { Label, Labels } from "./estimator.ts";
import { describe, toLabels } from "./inputs.ts";
import { checkParam } from "./params.ts";
import type { Recommendations } from "./recommender.ts";
import { toInteractions, type UserItems } from "./user-items.ts";

/** Recommendations, best first: `ids[i]` are those of `users[i]`, as `recommendAll` gives them. */
export type Ranked = Pick<Recommendations, "users" | "ids">;

/**
 * Mean over users of |top k ∩ held out| / |held out|, in [0, 1]. heldOut: who has what, kept from the fit; k: how many of each user's
 * recommendations count. Users without anything held out are left out; that no user is left is a RangeError. Source: Herlocker et al. 2004.
 */
export function recallAtK(heldOut: UserItems, recommended: Ranked, k = 10): number {
  return meanOverUsers("recallAtK", heldOut, recommended, k, (hits, relevant) => count(hits) / relevant);
}

/**
 * Mean over users of |top k ∩ held out| / k, in [0, 1], also where fewer than k are held out (implicit divides by the fewer). heldOut, k and users
 * as in `recallAtK`. Source: Herlocker et al. 2004.
 */
export function precisionAtK(heldOut: UserItems, recommended: Ranked, k = 10): number {
  return meanOverUsers("precisionAtK", heldOut, recommended, k, (hits) => count(hits) / k);
}

/**
 * Mean over users of DCG / IDCG, in [0, 1]: DCG = Σ 1 / log₂(rank + 1) over the ranks ≤ k that hit, ranks from 1, and IDCG is that sum over the
 * first min(k, |held out|) ranks. heldOut, k and users as in `recallAtK`. Source: Järvelin & Kekäläinen 2002.
 */
export function ndcgAtK(heldOut: UserItems, recommended: Ranked, k = 10): number {
  return meanOverUsers("ndcgAtK", heldOut, recommended, k, (hits, relevant) => {
    let ideal = 0;
    for (let rank = 1; rank <= Math.min(k, relevant); rank++) ideal += 1 / Math.log2(rank + 1);
    return hits.reduce((sum, hit, i) => sum + (hit ? 1 / Math.log2(i + 2) : 0), 0) / ideal;
  });
}

/**
 * Mean over users of average precision, in [0, 1]: Σ (hits among the first `rank`) / rank over the ranks ≤ k that hit, over min(k, |held out|).
 * heldOut, k and users as in `recallAtK`. Source: Manning, Raghavan & Schütze 2008, 8.4, cut off at k as implicit does.
 */
export function mapAtK(heldOut: UserItems, recommended: Ranked, k = 10): number {
  return meanOverUsers("mapAtK", heldOut, recommended, k, (hits, relevant) => {
    let [sum, found] = [0, 0];
    for (const [i, hit] of hits.entries()) if (hit) sum += ++found / (i + 1);
    return sum / Math.min(k, relevant);
  });
}

/** Share of the catalogue that is in some user's top k, in [0, 1]. items: the ids of the catalogue. Source: Ge, Delgado-Battenfeld & Jannach 2010. */
export function coverage(items: Labels, recommended: Ranked, k = 10): number {
  checkK("coverage", k);
  const catalogue = new Set(toLabels(items, "coverage: items").classes);
  if (catalogue.size === 0) throw new RangeError("coverage: expected at least one item, got 0");
  const shown = new Set(recommended.ids.flatMap((ids) => ids.slice(0, k)));
  for (const id of shown)
    if (!catalogue.has(id))
      throw new RangeError(`coverage: expected recommendations from items, got ${describe(id)}`);
  return shown.size / catalogue.size;
}

/** The mean of a measure over users: `hits` says of each of the first k recommendations whether it is one of the `relevant` items held out. */
function meanOverUsers(
  what: string,
  heldOut: UserItems,
  { users, ids }: Ranked,
  k: number,
  measure: (hits: readonly boolean[], relevant: number) => number,
): number {
  checkK(what, k);
  const held = heldItems(heldOut, what);
  let [sum, met] = [0, 0];
  for (const [i, user] of users.entries()) {
    const relevant = held.get(user);
    if (!relevant) continue;
    met++;
    sum += measure(
      ids[i]!.slice(0, k).map((id) => relevant.has(id)),
      relevant.size,
    );
  }
  if (met === 0)
    throw new RangeError(`${what}: expected some user of the recommendations in heldOut, got none`);
  return sum / met;
}

/** What is held out of each user. */
function heldItems(heldOut: UserItems, what: string): Map<Label, Set<Label>> {
  const { users, items, matrix } = toInteractions(heldOut, `${what}: heldOut`);
  const held = new Map<Label, Set<Label>>();
  for (let user = 0; user < matrix.rows; user++) {
    const own = matrix.indices.subarray(matrix.starts[user], matrix.starts[user + 1]);
    if (own.length) held.set(users[user]!, new Set(Array.from(own, (item) => items[item]!)));
  }
  return held;
}

function checkK(what: string, k: number): void {
  checkParam(what, "k", k, "a whole number of at least 1", Number.isInteger(k) && k >= 1);
}

function count(hits: readonly boolean[]): number {
  return hits.filter(Boolean).length;
}
