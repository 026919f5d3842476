import { expect, test } from "vitest";
import { clickstream } from "../../../datasets/clickstream/simulate.ts";
import { Table } from "../../../src/data/table.ts";
import {
  eventSequences,
  GRUClassifier,
  LogisticRegression,
  rocAucScore,
} from "../../../src/library/index.ts";

const events = Table.from({
  customer: ["b", "a", "b", "a", "b"],
  at: [3, 2, 1, 2, 2].map((day) => new Date(Date.UTC(2024, 0, day))),
  what: ["order", "view", "view", "cart", "cart"],
  amount: [9.5, 0, 0, 1, 1],
});
const columns = { user: "customer", time: "at", event: "what" } as const;

test("events of a table become a sequence a user, in order of time, then of rows", () => {
  expect(eventSequences(events, columns)).toEqual({
    users: ["b", "a"],
    sequences: [
      ["view", "cart", "order"],
      ["view", "cart"],
    ],
  });
});

test("numbers come with their events", () => {
  const { sequences } = eventSequences(events, { ...columns, numbers: ["amount"] });
  expect(sequences[0]).toEqual([
    ["view", 0],
    ["cart", 1],
    ["order", 9.5],
  ]);
});

test("columns that are not given are those of that role", () => {
  const roles = new Map([
    ["customer", "user"],
    ["at", "time"],
    ["what", "event"],
  ] as const);
  expect(eventSequences(events.withRoles(roles))).toEqual(eventSequences(events, columns));
  expect(() => eventSequences(events, { user: "customer", event: "what" })).toThrow(
    'eventSequences: expected to know the time column: give { time: "…" }',
  );
});

test("what is missing is named with column and row", () => {
  const gap = Table.from({ customer: ["a", "a"], at: [1, null], what: ["view", "cart"] });
  expect(() => eventSequences(gap, columns)).toThrow(
    `eventSequences: column "at": expected a date or a number, got null in row 1`,
  );
});

test("sessions whose order alone means something are told apart, where counts are at chance", async () => {
  const { tables } = await clickstream.simulate(
    { size: "S", seed: 1, parameters: { structure: 1 } },
    async () => undefined,
  );
  const items = tables.items!.table;
  const [category, price] = [
    [...items.column("category")] as string[],
    [...items.column("price")] as number[],
  ];
  const clicks = tables.clicks!.table;
  const named = { user: "session_id", time: "position", event: "item_id" };
  const { users, sequences } = eventSequences(clicks, named);
  const X = sequences.map((steps) =>
    steps.map((item) => [category[Number(item) - 1]!, Math.log(price[Number(item) - 1]!)] as const),
  );
  const converted = [...tables.sessions!.table.column("converted")] as boolean[];
  const y = users.map((id) => converted[Number(id) - 1]!);
  const [train, test] = [y.slice(0, 2000), y.slice(2000)];
  const params = { hiddenSize: 16, embeddingSize: 4, learningRateInit: 0.01, maxIter: 15 };
  const model = await new GRUClassifier(params).fit(X.slice(0, 2000), train);
  const auc = rocAucScore(test, [...(await model.predictProba(X.slice(2000))).column(1)]);
  expect(auc).toBeGreaterThan(0.8);
  const kinds = [...new Set(category)];
  const counts = X.map((steps) => [
    ...kinds.map((kind) => steps.filter(([each]) => each === kind).length),
    steps.reduce((sum, [, amount]) => sum + amount, 0) / steps.length,
  ]);
  const blind = await new LogisticRegression().fit(counts.slice(0, 2000), train);
  const blindAuc = rocAucScore(test, [...(await blind.predictProba(counts.slice(2000))).column(1)]);
  expect(Math.abs(blindAuc - 0.5)).toBeLessThan(0.06);
});
