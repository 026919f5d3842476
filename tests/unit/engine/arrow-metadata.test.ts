import { tableFromArrays, tableToIPC } from "@uwdata/flechette";
import { describe, expect, test } from "vitest";
import { checkArrowMetadata } from "../../../src/engine/import/arrow-metadata.ts";

const table = tableFromArrays({ n: [1, 2], t: ["x", "y"], list: [[1], [2, 3]], o: [{ a: 1 }, { a: 2 }] });

describe.each(["stream", "file"] as const)("of a %s", (format) => {
  const bytes = tableToIPC(table, { format })!;

  test("what is whole is let through", () => {
    expect(() => checkArrowMetadata(bytes)).not.toThrow();
  });

  test("no change of one byte makes it slow, and some are found", () => {
    let found = 0;
    const started = performance.now();
    for (let at = 0; at < bytes.length; at++)
      for (const bit of [1, 128]) {
        const changed = bytes.slice();
        changed[at]! ^= bit;
        try {
          checkArrowMetadata(changed);
        } catch (error) {
          found++;
          expect((error as Error).message).toMatch(/its metadata (is damaged|has a list of -?\d+ entries)/);
        }
      }
    expect(found).toBeGreaterThan(20);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

test("a list that is longer than its bytes is refused with its length", () => {
  const bytes = tableToIPC(table, { format: "stream" })!;
  const messages: string[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const changed = bytes.slice();
    changed[at]! ^= 64;
    try {
      checkArrowMetadata(changed);
    } catch (error) {
      messages.push((error as Error).message);
    }
  }
  expect(messages.join("\n")).toMatch(/its metadata has a list of \d{5,} entries, which cannot be/);
});
