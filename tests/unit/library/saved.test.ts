import { describe, expect, test } from "vitest";
import * as estimators from "../../../src/library/estimators.ts";
import { KaplanMeierFitter } from "../../../src/library/kaplan-meier-fitter.ts";
import { Pipeline } from "../../../src/library/pipeline.ts";
import { packModel } from "../../../src/library/saved.ts";

const classes = { ...estimators, KaplanMeierFitter, Pipeline };

describe.each(Object.entries(classes))("%s.load", (name, Class) => {
  const own = packModel(name, { values: new Float64Array(8) });

  test("refuses another estimator's bytes, and names both", () => {
    const other = name === "PCA" ? "KMeans" : "PCA";
    expect(() => Class.load(packModel(other, {}))).toThrow(
      new TypeError(`${name}.load: expected a saved ${name}, got a saved ${other}`),
    );
  });

  test("refuses bytes that are cut short, and says how many there should be", () => {
    const cut = own.subarray(0, own.length - 3);
    expect(() => Class.load(cut)).toThrow(
      new TypeError(`${name}.load: expected ${own.length} bytes, got ${cut.length}`),
    );
    expect(() => Class.load(own.subarray(0, 20))).toThrow(
      new TypeError(`${name}.load: expected bytes that save() gave, got 20 other bytes`),
    );
  });

  test("refuses a format it does not know", () => {
    const text = new TextDecoder("latin1").decode(own).replace('"version":1', '"version":9');
    const newer = Uint8Array.from(text, (character) => character.charCodeAt(0));
    expect(() => Class.load(newer)).toThrow(new TypeError(`${name}.load: expected format 1 or older, got 9`));
  });
});

test("what is no bytes at all is refused by its name", () => {
  expect(() => estimators.PCA.load(undefined as never)).toThrow(
    "PCA.load: expected a Uint8Array that save() gave, got undefined",
  );
  const nothing = new TextEncoder().encode("\u0004\u0000\u0000\u0000null");
  expect(() => estimators.PCA.load(nothing)).toThrow("expected bytes that save() gave, got 8 other bytes");
});
