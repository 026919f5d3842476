import { expect, test } from "vitest";
import {
  AlternatingLeastSquares,
  BayesianPersonalizedRanking,
  clone,
  CosineRecommender,
  PopularityRecommender,
  Table,
  type Recommendation,
  type UserItems,
} from "../../../src/library/index.ts";
import type { Label } from "../../../src/library/estimator.ts";
import { itselfFirst } from "../../../src/library/recommender.ts";
import { seededRandom } from "../../../src/core/random.ts";

/** Two circles of people, each with things of their own; everybody has bread. */
const people = ["ann", "bob", "cat", "dan", "eve", "fay", "gus", "hal"];
const tastes = { even: ["tea", "scone", "jam", "bread"], odd: ["beer", "chips", "dip", "bread"] };
const random = seededRandom(3);
const purchases = people.flatMap((user, i) =>
  tastes[i % 2 ? "odd" : "even"]
    .filter((item) => item === "bread" || random.next() < 0.8)
    .map((item) => ({ user, item, weight: 1 + random.integer(3) })),
);
const table = Table.from(purchases);

const models = [
  {
    name: "AlternatingLeastSquares",
    make: () => new AlternatingLeastSquares({ factors: 4, regularization: 0.1, alpha: 10 }),
  },
  {
    name: "BayesianPersonalizedRanking",
    make: () =>
      new BayesianPersonalizedRanking({ factors: 4, learningRate: 0.1, iterations: 200, batchSize: 8 }),
  },
  { name: "CosineRecommender", make: () => new CosineRecommender() },
  { name: "PopularityRecommender", make: () => new PopularityRecommender() },
] as const;
const [least, ranking, cosine] = models;

test("a column that may be meant for the weight is refused, and named", async () => {
  const rated = Table.from(purchases.map(({ user, item, weight }) => ({ user, item, rating: weight })));
  await expect(new AlternatingLeastSquares().fit(rated)).rejects.toThrow(
    'AlternatingLeastSquares.fit: expected columns "user", "item" and, where pairs have one, "weight", got also "rating"; call what is the weight "weight", and leave the rest out',
  );
  const more = Table.from(purchases.map((row) => ({ ...row, day: 1 })));
  await expect(new PopularityRecommender().fit(more)).resolves.toBeInstanceOf(PopularityRecommender);
});

test.each(models)("what a user has is not recommended unless it is asked for: $name", async ({ make }) => {
  const model = await make().fit(table);
  for (const user of people) {
    const own = purchases.filter((row) => row.user === user).map((row) => row.item);
    const found = model.recommend(user, 100);
    expect(found.ids.filter((id) => own.includes(String(id)))).toEqual([]);
    expect(found.ids.length).toBe(found.scores.length);
    expect([...found.scores].every((score, i) => i === 0 || score <= found.scores[i - 1]!)).toBe(true);
    expect(model.recommend(user, 2).ids).toEqual(found.ids.slice(0, 2));
    const all = model.recommend(user, 100, { filterAlreadyLikedItems: false });
    expect(own.every((item) => all.ids.includes(item))).toBe(true);
  }
});

test.each(models)("all users at once get what each gets alone: $name", async ({ make }) => {
  const model = await make().fit(table);
  const served = await model.recommendAll(["hal", "ann", "hal"], 3);
  expect(served.users).toEqual(["hal", "ann", "hal"]);
  for (const [i, user] of served.users.entries())
    expect({ ids: served.ids[i], scores: served.scores[i] }).toEqual(model.recommend(user, 3));
  expect((await model.recommendAll()).users).toEqual(people);
});

test.each(models)("a fit is the same bits again, and after save and load: $name", async ({ make }) => {
  const model = await make().fit(table);
  const again = await clone(make()).fit({
    users: table.column("user") as never,
    items: table.column("item") as never,
    weights: table.column("weight") as never,
  });
  const Class = model.constructor as unknown as { load(bytes: Uint8Array): typeof model };
  const loaded = Class.load(model.save());
  expect(again.save()).toEqual(model.save());
  expect(loaded.save()).toEqual(model.save());
  expect(loaded.getParams()).toEqual(model.getParams());
  expect(await loaded.recommendAll()).toEqual(await model.recommendAll());
});

test.each(models)("strangers and counts of nothing are named: $name", async ({ make }) => {
  const model = make();
  expect(() => model.recommend("ann")).toThrow(/call fit first/);
  await model.fit(table);
  expect(() => model.recommend("zoe")).toThrow(/expected a user seen in fit, got "zoe"/);
  expect(() => model.recommend(1)).toThrow(RangeError);
  expect(() => model.recommend("ann", 0)).toThrow(/expected n to be a whole number of at least 1, got 0/);
  await expect(model.recommendAll(["ann", "zoe"])).rejects.toThrow(/got "zoe"/);
  await expect(model.fit({ users: [], items: [] })).rejects.toThrow(/expected at least one row, got 0/);
  await expect(model.fit({ users: ["a"], items: [] })).rejects.toThrow(RangeError);
  await expect(model.fit({ users: ["a", null], items: [1, 2] })).rejects.toThrow(/got null in row 1/);
  await expect(model.fit({ users: ["a"], items: [1], weights: [NaN] })).rejects.toThrow(/got NaN in row 0/);
  await expect(model.fit({ users: ["a"], items: [1], weights: [0] })).rejects.toThrow(/weight other than 0/);
  await expect(model.fit(Table.from([{ customer: 1, item: 2 }]))).rejects.toThrow(/got "customer", "item"/);
  await expect(model.fit(3 as unknown as UserItems)).rejects.toThrow(
    /expected a Table or { users, items }, got 3/,
  );
});

test.each([least, ranking, cosine])(
  "things of one circle are alike, and each is most like itself: $name",
  async ({ make }) => {
    const model = await make().fit(table);
    const { ids, scores }: Recommendation = model.similarItems("tea", 3);
    expect(ids[0]).toBe("tea");
    expect(scores[0]).toBe(1);
    expect(ids.slice(1).every((id) => ["scone", "jam", "bread"].includes(String(id)))).toBe(true);
    expect(() => model.similarItems("caviar")).toThrow(/expected an item seen in fit, got "caviar"/);
  },
);

test.each([least, ranking, cosine])(
  "people are recommended what their circle has: $name",
  async ({ make }) => {
    const model = await make().fit({
      users: ["z", ...people.flatMap(twice)],
      items: ["tea", ...people.flatMap(pair)],
    });
    expect(model.recommend("z", 1).ids).toEqual(["scone"]);

    function twice(user: string): string[] {
      return [user, user];
    }
    function pair(_: string, i: number): string[] {
      return i % 2 ? ["beer", "chips"] : ["tea", "scone"];
    }
  },
);

test.each([
  ["numbers", [10, 2, 33], [2, 10, 33]],
  ["text", ["10", "2", "33"], ["10", "2", "33"]],
  ["booleans", [true, false], [false, true]],
] as [string, Label[], Label[]][])("equal scores go to the lowest id of %s", async (_, items, sorted) => {
  const model = await new PopularityRecommender().fit({ users: items.map((_, i) => i), items });
  const { ids, scores } = model.recommend(0, 10, { filterAlreadyLikedItems: false });
  expect(ids).toEqual(sorted);
  expect([...scores]).toEqual(items.map(() => 1));
});

test("popularity counts users, not purchases", async () => {
  const model = await new PopularityRecommender().fit({
    users: [1, 1, 1, 2, 3, 4],
    items: ["often", "often", "often", "wide", "wide", "other"],
  });
  expect(model.recommend(4).ids).toEqual(["wide", "often"]);
});

test("cosine neighbours have the similarity of their columns of weights", async () => {
  const users = ["u", "u", "v", "v", "w"];
  const model = await new CosineRecommender().fit({
    users,
    items: [1, 2, 1, 2, 1],
    weights: [1, 2, 3, 1, 2],
  });
  const similarity = (1 * 2 + 3 * 1) / Math.sqrt((1 + 9 + 4) * (4 + 1));
  expect(model.similarItems(1)).toEqual({ ids: [1, 2], scores: Float32Array.of(1, similarity) });
  expect(model.recommend("w")).toEqual({ ids: [2], scores: Float32Array.of(2 * Math.fround(similarity)) });
});

test("the items like another may be more than a call takes arguments", () => {
  const others = { ids: Array.from({ length: 200_000 }, (_, i) => i), scores: new Float32Array(200_000) };
  const { ids, scores } = itselfFirst(-1, others, 200_001);
  expect([ids.length, ids[1], scores.length, scores[0]]).toEqual([200_001, 0, 200_001, 1]);
});

test("factors have the shapes of implicit's, and scores are their products", async () => {
  const [als, bpr] = [await least.make().fit(table), await ranking.make().fit(table)];
  expect([als.userFactors.rows, als.userFactors.columns]).toEqual([8, 4]);
  expect([bpr.itemFactors.rows, bpr.itemFactors.columns]).toEqual([7, 5]);
  expect([...bpr.userFactors.column(4)]).toEqual(people.map(() => 1));
  for (const model of [als, bpr]) {
    const { ids, scores } = model.recommend("bob", 10, { filterAlreadyLikedItems: false });
    for (const [i, id] of ids.entries()) {
      const item = model.itemFactors.row(model.items.indexOf(id));
      const score = model.userFactors.row(1).reduce((sum, value, f) => sum + value * item[f]!, 0);
      expect(scores[i]).toBeCloseTo(score, 5);
    }
    expect(model.lossCurve.length).toBe(model.nIter);
    expect(model.lossCurve.at(-1)).toBeLessThan(model.lossCurve[0]!);
  }
});

test("what a user dislikes scores lower for least squares, and is refused by the others", async () => {
  const users = [...people, ...people, "ann"];
  const items = [...people.map(() => "tea"), ...people.map((_, i) => (i % 2 ? "jam" : "dip")), "jam"];
  const weights = [...users.slice(1).map(() => 1), -20];
  const model = await least.make().fit({ users, items, weights });
  const scoreOf = (user: string) => {
    const { ids, scores } = model.recommend(user, 10, { filterAlreadyLikedItems: false });
    return scores[ids.indexOf("jam")]!;
  };
  expect(scoreOf("ann")).toBeLessThan(scoreOf("bob"));
  for (const { make } of models.slice(1))
    await expect(make().fit({ users, items, weights })).rejects.toThrow(
      /expected weights of at least 0, got -20 for user "ann" and item "jam"/,
    );
});

test("parameters out of range are named", () => {
  expect(() => new AlternatingLeastSquares({ alpha: 0 })).toThrow(
    /expected alpha to be a number above 0, got 0/,
  );
  expect(() => new BayesianPersonalizedRanking({ factors: 1.5 })).toThrow(/factors .* got 1.5/);
  expect(() => new BayesianPersonalizedRanking({ batchSize: "big" as "auto" })).toThrow(
    /batchSize .* got "big"/,
  );
  expect(() => new CosineRecommender({ K: 0 })).toThrow(/expected K to be .* got 0/);
  expect(() => new PopularityRecommender({ k: 3 } as object)).toThrow(/no parameter "k"/);
});

test("ranking needs a user who lacks something", async () => {
  const model = new BayesianPersonalizedRanking();
  await expect(model.fit({ users: [1, 2], items: ["a", "a"] })).rejects.toThrow(
    /2 × 1 pairs of which none is missing/,
  );
});
