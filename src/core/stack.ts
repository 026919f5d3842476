/** A frame of a stack that lies in a cell's generated code; line and column counted from 1. */
export interface CellFrame {
  readonly cell: string;
  readonly line: number;
  readonly column: number;
  /** The function's name, or null at the top level of the cell. */
  readonly name: string | null;
}

/** The frames of an error's stack that lie in cells, from the innermost outwards. Reads the stacks of V8, SpiderMonkey and JavaScriptCore. */
export function parseStack(stack: string): CellFrame[] {
  return stack.split("\n").flatMap((text) => {
    const place = /cell-([A-Za-z0-9_-]{1,64})\.ts:(\d+):(\d+)\)?$/.exec(text.trim());
    if (!place) return [];
    return [
      { cell: place[1]!, line: Number(place[2]), column: Number(place[3]), name: functionName(text.trim()) },
    ];
  });
}

function functionName(frame: string): string | null {
  const written = (/^at (.*) \(/.exec(frame)?.[1] ?? /^(.*)@/.exec(frame)?.[1] ?? "")
    .replace(/^async /, "")
    .replace(/ \[as .*\]$/, "")
    .replace(/^Object\./, "");
  // The wrapper around a cell is the module's default export.
  return /^$|(^|\.)default$|^<anonymous>$/.test(written) ? null : written;
}
