import { expect, test } from "vitest";
import type { NotebookDocument } from "../../../src/notebook/document.ts";
import type { Output } from "../../../src/protocol/output.ts";
import { packSpec } from "../../../src/specs/pack.ts";
import { viewMime, type ViewSpec } from "../../../src/specs/spec.ts";
import { pictured } from "../../../src/ui/outputs/pictured.ts";

const spec: ViewSpec = {
  view: "roc",
  curves: [
    {
      label: "logistic & co",
      falsePositiveRate: Float64Array.of(0, 0.2, 1),
      truePositiveRate: Float64Array.of(0, 0.8, 1),
      auc: 0.8,
    },
  ],
};

function notebook(output: Output): NotebookDocument {
  const cell = { id: "a", kind: "code", source: "", outputs: [output], lastRun: null, metadata: {} } as const;
  return { id: "n", title: "n", cells: [cell], metadata: {} };
}

function picture(output: Output): unknown {
  return pictured(notebook(output), "en").cells[0]!.outputs[0]!.data["image/svg+xml"];
}

test("a view is saved with its picture beside it", () => {
  const { json, buffers } = packSpec(spec);
  const svg = picture({
    id: "r",
    data: { "text/plain": "", [viewMime("roc")]: json },
    metadata: {},
    buffers,
  });
  expect(svg).toMatch(/^<svg[\s\S]*logistic &amp; co[\s\S]*<\/svg>\s*$/);
});

test("an output that is no view, and a damaged view, stay as they are", () => {
  expect(picture({ id: "t", data: { "text/plain": "1" }, metadata: {}, buffers: [] })).toBeUndefined();
  const damaged = {
    view: "roc",
    curves: [{ label: "x", auc: 1, falsePositiveRate: { $buffer: 9, $type: "Float64Array" } }],
  };
  expect(
    picture({ id: "d", data: { [viewMime("roc")]: damaged }, metadata: {}, buffers: [] }),
  ).toBeUndefined();
});
