import { expect, test } from "vitest";
import { packSpec, unpackSpec } from "../../../src/specs/pack.ts";
import { isViewSpec, viewMime, viewOfMime } from "../../../src/specs/spec.ts";
import { contracts, training, truthCurve } from "../../output/specs.ts";

test("a spec comes back as it was from JSON text and buffers, missing numbers included", () => {
  const spec = { ...contracts(), curves: [...contracts().curves, truthCurve("truth", 0.1)] };
  const { json, buffers } = packSpec(spec);
  expect(buffers).toHaveLength(20);
  expect(unpackSpec(JSON.parse(JSON.stringify(json)) as typeof json, buffers)).toEqual(spec);
});

test("a number that JSON cannot hold comes back too", () => {
  const spec = training(0, 5, "running");
  const { json, buffers } = packSpec(spec);
  const back = unpackSpec(JSON.parse(JSON.stringify(json)) as typeof json, buffers);
  expect(back).toEqual(spec);
  expect(back.view === "training" && back.remaining).toBeNaN();
});

test("a column whose buffer is missing or of an unknown kind is a RangeError", () => {
  const { json } = packSpec(contracts());
  expect(() => unpackSpec(json, [])).toThrow(RangeError);
  expect(() => unpackSpec({ $buffer: 0, $type: "toString" }, [new ArrayBuffer(8)])).toThrow(RangeError);
});

test("the MIME type of a view names it, and no other does", () => {
  expect(viewOfMime(viewMime("roc"))).toBe("roc");
  expect(viewOfMime("application/vnd.cohortbook.constructor.v1+json")).toBeUndefined();
  expect(viewOfMime("image/png")).toBeUndefined();
});

test("a spec is told from other values by its view", () => {
  expect(isViewSpec(contracts())).toBe(true);
  expect(isViewSpec({ view: "toString" })).toBe(false);
  expect(isViewSpec(null)).toBe(false);
});
