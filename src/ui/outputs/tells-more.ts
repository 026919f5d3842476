import { parseStack } from "../../core/stack.ts";
import type { CellError } from "../../protocol/output.ts";

/** Whether the stack of an error tells more than its message and frames do: it leads through the person's own code and on, or is of another tool. */
export function tellsMore({ name, message, frames, stack }: CellError): boolean {
  const calls = stack.split("\n").filter((line) => /^\s*at /.test(line)).length;
  if (calls === 0) return !["", message, `${name}: ${message}`].includes(stack.trim());
  return calls > frames.length && parseStack(stack).length > 0;
}
