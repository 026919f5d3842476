import { beforeAll, expect, test } from "vitest";
import { clickstream } from "../../datasets/clickstream/simulate.ts";
import type { Table } from "../../src/data/table.ts";
import { LogisticRegression } from "../../src/library/logistic-regression.ts";
import { rocAucScore } from "../../src/library/roc-curve.ts";

/** Sessions as the models see them: the items in their order, and whether a purchase followed. */
interface Sessions {
  readonly items: readonly (readonly number[])[];
  readonly category: readonly string[];
  readonly price: readonly number[];
  readonly converted: readonly number[];
  readonly pConvert: readonly number[];
}

let planted: Sessions;
let off: Sessions;

beforeAll(async () => {
  planted = await sessions(1);
  off = await sessions(0);
});

async function sessions(structure: number): Promise<Sessions> {
  const options = { size: "S", seed: 1, parameters: { structure } } as const;
  const { tables, truth } = await clickstream.simulate(options, async () => undefined);
  const column = <T>(table: Table, name: string): T[] => [...table.column(name)] as T[];
  const clicks = tables.clicks!.table;
  const items: number[][] = column<number>(tables.sessions!.table, "session_id").map(() => []);
  const item = column<number>(clicks, "item_id");
  for (const [row, session] of column<number>(clicks, "session_id").entries())
    items[session - 1]!.push(item[row]! - 1);
  return {
    items,
    category: column<string>(tables.items!.table, "category"),
    price: column<number>(tables.items!.table, "price"),
    converted: column<boolean>(tables.sessions!.table, "converted").map(Number),
    pConvert: column<number>(truth.click_sessions!.table, "p_convert"),
  };
}

/** Which items were seen, and how many: all that a model blind to order can know. */
function bag({ price }: Sessions, items: readonly number[]): number[] {
  const counts = price.map(() => 0);
  for (const item of items) counts[item]!++;
  return [...counts, items.length];
}

/** Shares of the steps that stay in a category, and that go up in price: pairs of neighbours and nothing more. */
function bigrams({ category, price }: Sessions, items: readonly number[]): number[] {
  const steps = items.slice(1).map((item, i) => [items[i]!, item] as const);
  const share = (holds: (from: number, to: number) => boolean): number =>
    steps.filter(([from, to]) => holds(from, to)).length / steps.length;
  const same = share((from, to) => category[from] === category[to]);
  const up = share((from, to) => price[to]! > price[from]!);
  return [same, up, same * same, up * up, same * up];
}

/** AUC on the second half of the sessions of a logistic regression on the first half. */
async function auc(world: Sessions, features: (world: Sessions, items: readonly number[]) => number[]) {
  const X = world.items.map((items) => features(world, items));
  const half = X.length / 2;
  const model = await new LogisticRegression().fit(X.slice(0, half), world.converted.slice(0, half));
  const scores = (await model.predictProba(X.slice(half))).column(1);
  return rocAucScore(world.converted.slice(half), [...scores]);
}

test("a model that counts items is at chance", async () => {
  expect(Math.abs((await auc(planted, bag)) - 0.5)).toBeLessThan(0.05);
});

test("a model of pairs of neighbours comes near the best there is", async () => {
  const best = rocAucScore(planted.converted, planted.pConvert);
  const found = await auc(planted, bigrams);
  expect(best).toBeGreaterThan(0.87);
  expect(found).toBeGreaterThan(0.8);
  expect(found).toBeLessThan(best + 0.02);
});

test("without structure the order says nothing either", async () => {
  expect(Math.abs((await auc(off, bigrams)) - 0.5)).toBeLessThan(0.05);
});

test("a session converts as often as its truth says", () => {
  for (const p of new Set(planted.pConvert)) {
    const those = planted.converted.filter((_, i) => planted.pConvert[i] === p);
    const share = those.reduce((sum, flag) => sum + flag, 0) / those.length;
    expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / those.length));
  }
});
