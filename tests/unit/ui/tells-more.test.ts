import { expect, test } from "vitest";
import type { CellError } from "../../../src/protocol/output.ts";
import { tellsMore } from "../../../src/ui/outputs/tells-more.ts";

const frames = [{ cell: "a", line: 2, column: 7, name: null }];
const error: CellError = { name: "TypeError", message: "no", frames, stack: "" };
const own = "TypeError: no\n    at cell-a.ts:3:7";

test.each([
  ["one place, which the frame names already", { ...error, stack: own }, false],
  ["calls below the person's own code", { ...error, stack: `${own}\n    at run (blob:x:1:2)` }, true],
  [
    "no call in the person's code",
    { ...error, frames: [], stack: "TypeError: no\n    at blob:x:1:2" },
    false,
  ],
  ["a place that no frame names", { ...error, frames: [], stack: own }, true],
  ["a traceback of Python's", { ...error, frames: [], stack: 'File "<stdin>", line 1\nTypeError: no' }, true],
  ["no more than the message", { ...error, frames: [], stack: "TypeError: no" }, false],
  ["nothing", error, false],
])("a stack with %s: %o", (_, error, tells) => {
  expect(tellsMore(error)).toBe(tells);
});
