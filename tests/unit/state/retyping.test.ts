import { expect, test } from "vitest";
import type { ColumnKind } from "../../../src/protocol/table-info.ts";
import type { Tables } from "../../../src/state/data.svelte.ts";
import { Retyping } from "../../../src/state/retyping.svelte.ts";
import { askOf } from "./fake-engine.ts";

/** A column that would lose two values as a whole number, and none as text. */
function columnOf(retype: (kind: ColumnKind) => void = () => undefined) {
  const changed: ColumnKind[] = [];
  const losses = [
    { kind: "integer", lost: 2, examples: ["x", "y"] },
    { kind: "text", lost: 0, examples: [] },
  ];
  const tables = {
    ask: askOf({ typeLosses: async () => losses }),
    retype: async (_: string, __: string, kind: ColumnKind) => {
      retype(kind);
      changed.push(kind);
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
  await retyping.change("integer");
  expect([changed, retyping.now]).toEqual([["integer"], null]);
});

test("a change that fails says why", async () => {
  const { retyping, changed } = columnOf(() => {
    throw new Error("the disk is full");
  });
  await retyping.choose("text");
  expect(retyping.now).toEqual({ state: "failed", message: "the disk is full" });
  expect(changed).toEqual([]);
});
