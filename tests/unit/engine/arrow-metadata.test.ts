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

/** The message of a schema of one column, each of whose descendants has the next one twice for a child. */
function sharedChildren(generations: number): Uint8Array {
  const [message, schema, first, size] = [64, 80, 112, 24];
  const bytes = new Uint8Array(8 + first + (generations + 1) * size);
  new DataView(bytes.buffer).setInt32(0, -1, true);
  new DataView(bytes.buffer).setInt32(4, bytes.length - 8, true);
  const view = new DataView(bytes.buffer, 8);
  const slots = (at: number, ...entries: readonly number[]): void =>
    [4 + 2 * entries.length, 0, ...entries].forEach((entry, i) => view.setUint16(at + 2 * i, entry, true));
  const point = (at: number, to: number): void => view.setInt32(at, to - at, true);
  slots(8, 0, 4, 8);
  slots(20, 0, 4);
  slots(32, 0, 0, 0, 0, 0, 4);
  view.setInt32(0, message, true);
  view.setInt32(message, message - 8, true);
  view.setUint8(message + 4, 1);
  point(message + 8, schema);
  view.setInt32(schema, schema - 20, true);
  point(schema + 4, 96);
  view.setInt32(96, 1, true);
  point(100, first);
  for (let i = 0, at = first; i <= generations; i++, at += size) {
    view.setInt32(at, at - 32, true);
    point(at + 4, at + 8);
    if (i === generations) continue;
    view.setInt32(at + 8, 2, true);
    for (const entry of [at + 12, at + 16]) point(entry, at + size);
  }
  return bytes;
}

test("columns that share their children are not gone through by every way to them", () => {
  expect(() => checkArrowMetadata(sharedChildren(3))).not.toThrow();
  expect(() => checkArrowMetadata(sharedChildren(22))).toThrow("it has over 100000 columns");
});
