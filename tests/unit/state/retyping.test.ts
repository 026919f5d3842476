import { expect, test } from "vitest";
import type { ColumnKind, DateOrder, TypeLoss } from "../../../src/protocol/table-info.ts";
import type { Tables } from "../../../src/state/data.svelte.ts";
import { Retyping, Retypings } from "../../../src/state/retyping.svelte.ts";
import { askOf } from "./fake-engine.ts";

const asInteger: TypeLoss = { kind: "integer", lost: 2, examples: ["x", "y"], reading: null };
const asDate: TypeLoss = { kind: "date", lost: 2, examples: ["3/4/2024", "x"], reading: null };
const dayFirst: TypeLoss = {
  kind: "date",
  lost: 0,
  examples: [],
  reading: { order: "day-first", text: "3/4/2024", date: "2024-04-03" },
};
const monthFirst: TypeLoss = {
  kind: "date",
  lost: 1,
  examples: ["x"],
  reading: { order: "month-first", text: "3/4/2024", date: "2024-03-04" },
};

/** A column that would lose two values as a whole number, none as text, and whose dates can be read in two ways. */
function columnOf(retype: (kind: ColumnKind) => void = () => undefined) {
  const changed: (ColumnKind | DateOrder)[] = [];
  const losses = [
    asInteger,
    { kind: "text", lost: 0, examples: [], reading: null },
    asDate,
    dayFirst,
    monthFirst,
  ];
  const tables = {
    ask: askOf({ typeLosses: async () => losses }),
    retype: async (_: string, __: string, kind: ColumnKind, order: DateOrder | null) => {
      retype(kind);
      changed.push(order ?? kind);
    },
  } as unknown as Tables;
  return { retyping: new Retyping(tables, "t", "c"), changed };
}

test("a type that costs nothing is given without a question", async () => {
  const { retyping, changed } = columnOf();
  await retyping.choose("text");
  expect([changed, retyping.now]).toEqual([["text"], null]);
});

test("a type that costs values asks first, and changes nothing where the answer is no", async () => {
  const { retyping, changed } = columnOf();
  await retyping.choose("integer");
  expect(retyping.now).toMatchObject({ state: "asking", loss: { lost: 2, examples: ["x", "y"] } });
  retyping.keep();
  expect([changed, retyping.now]).toEqual([[], null]);
});

test("a type that costs values is given once a person says so", async () => {
  const { retyping, changed } = columnOf();
  await retyping.choose("integer");
  await retyping.change(asInteger);
  expect([changed, retyping.now]).toEqual([["integer"], null]);
});

test("dates that can be read in two ways are read as a person says, and a loss is asked about then", async () => {
  const { retyping, changed } = columnOf();
  await retyping.choose("date");
  expect(retyping.now).toEqual({ state: "ordering", kind: "date", ways: [dayFirst, monthFirst] });
  await retyping.read(monthFirst);
  expect(retyping.now).toMatchObject({ state: "asking", loss: monthFirst });
  expect(changed).toEqual([]);
  await retyping.read(dayFirst);
  expect([changed, retyping.now]).toEqual([["day-first"], null]);
});

test("a change that fails says why", async () => {
  const { retyping, changed } = columnOf(() => {
    throw new Error("the disk is full");
  });
  await retyping.choose("text");
  expect(retyping.now).toEqual({ state: "failed", message: "the disk is full" });
  expect(changed).toEqual([]);
});

test("a question that went out of sight is still there when its column is back", async () => {
  const losses = [asInteger];
  const tables = { ask: askOf({ typeLosses: async () => losses }) } as unknown as Tables;
  const retypings = new Retypings(tables, "t");
  await retypings.of("c").choose("integer");
  expect(retypings.of("d").now).toBeNull();
  expect(retypings.of("c").now).toMatchObject({ state: "asking", loss: { lost: 2 } });
});
