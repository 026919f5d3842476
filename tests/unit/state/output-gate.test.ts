import { expect, test } from "vitest";
import type { Output } from "../../../src/protocol/output.ts";
import { OutputGate } from "../../../src/state/output-gate.ts";

const output = (id: string, buffers: ArrayBuffer[] = []): Output => ({
  id,
  data: { "text/plain": id },
  metadata: {},
  buffers,
});

function gate() {
  const shown: string[] = [];
  const made = new OutputGate("a", (_, { data }) => shown.push(data["text/plain"] as string));
  return { gate: made, shown };
}

test("outputs of the cell that runs pass, those of another do not", () => {
  const { gate: made, shown } = gate();
  made.show("a", output("one"));
  made.show("b", output("two"));
  expect(shown).toEqual(["one"]);
});

test("a flood ends after 2,000 outputs and says so once; the same id goes on", () => {
  const { gate: made, shown } = gate();
  for (let i = 0; i < 5000; i++) made.show("a", output(`output-${i}`));
  made.show("a", output("output-0"));
  expect(shown).toHaveLength(2002);
  expect(shown.slice(-2)).toEqual(["outputs after the first 2000 were left out\n", "output-0"]);
});

test("more bytes than a page can hold are left out, replaced ones not counted", () => {
  const { gate: made, shown } = gate();
  const large = new ArrayBuffer(200 * 2 ** 20);
  for (let i = 0; i < 5; i++) made.show("a", output("same", [large]));
  made.show("a", output("second", [large]));
  made.show("a", output("third", [large]));
  expect(shown.slice(0, 6)).toEqual(["same", "same", "same", "same", "same", "second"]);
  expect(shown.slice(6)).toEqual([expect.stringContaining("more than 512 MB")]);
});

test("what is no output is left out and said so once", () => {
  const { gate: made, shown } = gate();
  for (const wrong of [null, 7, { id: 1 }, { ...output("x"), data: { "text/plain": {} } }])
    made.show("a", wrong);
  expect(shown).toEqual(["an output that is no MIME bundle was left out\n"]);
});
