import { expect, test } from "vitest";
import type { Cell } from "../../../src/notebook/document.ts";
import { analyseNotebook, compile } from "../../../src/state/compiler.ts";

/** What the second of two cells comes to. */
function second(...sources: readonly [string, string]) {
  const cells = sources.map((source, i): Cell => ({
    id: "ab"[i]!,
    kind: "code",
    source,
    metadata: {},
    outputs: [],
    lastRun: null,
  }));
  return compile(cells[1]!, analyseNotebook(cells), (id) => "ab".indexOf(id) + 1);
}

test("a name that another cell defines is pointed at where it stands", () => {
  expect(second("const n = 1;", "const m = 2;\n  let n = m;")).toMatchObject({
    state: "failed",
    error: { message: '"n" is already defined in cell 1', frames: [{ cell: "b", line: 2, column: 7 }] },
  });
});

test("cells that wait for each other are told of at the front", () => {
  expect(second("const a = b;", "const b = a;")).toMatchObject({
    error: {
      message: "cells 1, 2 wait for each other: each uses a name of the next",
      frames: [{ line: 1, column: 1 }],
    },
  });
});
