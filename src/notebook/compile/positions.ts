import type { CellError } from "../../protocol/output.ts";
import type { CompiledCell, PositionMap } from "./compiled.ts";
import type { Place } from "./text.ts";

/**
 * An error of the kernel with its frames in the person's own source. `compiled` holds, by cell, the code that ran; frames of other cells
 * stay. An input that no cell has defined yet fails before any code runs: its place is where `ran`, the cell that was to run, mentions it.
 */
export function mapError(
  error: CellError,
  compiled: ReadonlyMap<string, CompiledCell>,
  ran?: CompiledCell,
): CellError {
  const missing = error.frames.length
    ? undefined
    : /^(\S+) is not defined(?:$|: import)/.exec(error.message)?.[1];
  const place = missing === undefined ? undefined : ran?.mentions[missing];
  if (ran && place) return { ...error, frames: [{ cell: ran.cell, ...place, name: null }] };
  const frames = error.frames.map((frame) => {
    const code = compiled.get(frame.cell);
    return code ? { ...frame, ...locate(code.map, frame.line, frame.column) } : frame;
  });
  return { ...error, frames };
}

/** The place of the source that a place of the generated code stands for; all counted from 1. */
function locate(map: PositionMap, line: number, column: number): Place {
  const anchor = map.anchors.findLast((candidate) => candidate.line === line && candidate.column <= column);
  if (anchor)
    return {
      line: anchor.sourceLine,
      column: anchor.sourceColumn + (anchor.moves ? column - anchor.column : 0),
    };
  const own = line - map.linesBefore;
  if (own < 1) return { line: 1, column: 1 };
  return own > map.lines ? { line: map.lines, column: 1 } : { line: own, column };
}
