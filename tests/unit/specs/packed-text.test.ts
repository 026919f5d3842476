import { expect, test } from "vitest";
import { packText, textAt } from "../../../src/specs/packed-text.ts";

test("packed texts come back, of any script and length, empty ones too", () => {
  const texts = ["", "customer 1", "留存率", "🧭 map", "", "x".repeat(70), "名".repeat(80)];
  const packed = packText(texts, 80);
  expect(texts.map((_, i) => textAt(packed, i))).toEqual(texts);
  expect(packed.bytes).toHaveLength(packed.ends[texts.length - 1] ?? NaN);
});

test("a long text is cut between characters, and says so", () => {
  const packed = packText(["a".repeat(81), "🧭".repeat(60), "🧭".repeat(90)], 80);
  expect(textAt(packed, 0)).toBe(`${"a".repeat(79)}…`);
  expect(textAt(packed, 1)).toBe("🧭".repeat(60));
  expect(textAt(packed, 2)).toBe(`${"🧭".repeat(79)}…`);
});

test("many texts longer than was reckoned with all find room", () => {
  const texts = Array.from({ length: 3000 }, (_, i) => `${i}${"名".repeat(75)}`);
  const packed = packText(texts, 80);
  expect(textAt(packed, 2999)).toBe(texts[2999]);
  expect(packText([], 80)).toEqual({ bytes: new Uint8Array(), ends: new Uint32Array() });
});
