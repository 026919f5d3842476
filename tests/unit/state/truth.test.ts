import { expect, test } from "vitest";
import { mayHoldTruth } from "../../../src/state/truth.ts";

test.each([
  [{}, true],
  [{ truth: true }, true],
  [{ truth: false }, false],
  [{ truth: "false" }, false],
  [{ truth: 0 }, false],
  [{ truth: null }, false],
])("a document whose metadata are %j may hold the truth: %s", (metadata, expected) => {
  expect(mayHoldTruth({ metadata })).toBe(expected);
});
