import { expect, test } from "vitest";
import type { Output } from "../../../src/protocol/output.ts";
import { viewMime } from "../../../src/specs/spec.ts";
import { settled } from "../../../src/state/settled.ts";

const training = viewMime("training");
const fit = (state: string): Output => ({
  id: "MLPClassifier-1",
  data: { "text/plain": "", [training]: { view: "training", state, epoch: 3 } },
  metadata: {},
  buffers: [],
});

test("a fit that was running when its cell was stopped is kept as aborted", () => {
  expect(settled(fit("running"), "stopped").data[training]).toEqual({
    view: "training",
    state: "aborted",
    epoch: 3,
  });
});

test("a fit that was running when its cell failed is kept as failed", () => {
  expect(settled(fit("running"), "failed").data[training]).toMatchObject({ state: "failed" });
});

test("a fit that had ended, and any other output, stay as they are", () => {
  const done = fit("done");
  expect(settled(done, "stopped")).toBe(done);
  const text: Output = { id: "a", data: { "text/plain": "running" }, metadata: {}, buffers: [] };
  expect(settled(text, "stopped")).toBe(text);
});
