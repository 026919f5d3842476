import { parseStack } from "../core/stack.ts";
import type { CellError } from "../protocol/output.ts";
import { inspect } from "./inspect.ts";

/** What was thrown, as data: any value can be thrown, an Error or not. */
export function cellError(thrown: unknown): CellError {
  if (!(thrown instanceof Error) && !(thrown instanceof DOMException))
    return { name: "Thrown", message: inspect(thrown), frames: [], stack: "" };
  const stack = thrown.stack ?? "";
  return { name: thrown.name, message: thrown.message, frames: parseStack(stack), stack };
}

/** The error by which a stopped cell rejects. */
export function abortError(): DOMException {
  return new DOMException("the cell was stopped", "AbortError");
}
