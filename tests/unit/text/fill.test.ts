import { expect, test } from "vitest";
import { fill } from "../../../src/text/text.ts";

test("a text is filled with its values, and a name without one stays", () => {
  expect(fill("{a} of {b}", { a: 1 })).toBe("1 of {b}");
});

test("one of a thing is singular, any other count plural", () => {
  const text = "{rows} {rows:row|rows}";
  expect(fill(text, { rows: 1 })).toBe("1 row");
  expect(fill(text, { rows: 0 })).toBe("0 rows");
  expect(fill(text, { rows: "1,234" })).toBe("1,234 rows");
});
