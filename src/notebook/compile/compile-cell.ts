import type { CellError } from "../../protocol/output.ts";
import type { Cell } from "../document.ts";
import type { CellAnalysis } from "./analyse-cell.ts";
import { analyseSource } from "./analyse-source.ts";
import { builtIns } from "./built-ins.ts";
import type { Anchor, CompiledCell, CompileResult } from "./compiled.ts";
import { lineStarts, placeAt, SourceError } from "./text.ts";

/**
 * Compiles a cell to the module the kernel runs. `known` holds the names other cells define; a free name that is neither
 * known nor built in stays free, so that JavaScript finds a global or throws a ReferenceError at the very place.
 */
export function compileCell(
  cell: Omit<Cell, "outputs" | "lastRun">,
  known: ReadonlySet<string>,
): CompileResult {
  try {
    const analysis = analyseSource(cell);
    for (const [name, offset] of analysis.names.written)
      if (known.has(name))
        throw new SourceError(
          `"${name}" belongs to another cell: give the new value a name of its own`,
          offset,
        );
    return { state: "compiled", compiled: generate(cell.id, analysis, known) };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { state: "failed", error: syntaxError(cell.id, cell.source, error) };
  }
}

/** A SourceError as the CellError that stands below the cell. */
export function syntaxError(cell: string, source: string, { message, offset }: SourceError): CellError {
  const { line, column } = placeAt(lineStarts(source), offset);
  return {
    name: "SyntaxError",
    message,
    frames: [{ cell, line, column, name: null }],
    stack: `SyntaxError: ${message}\n    at cell-${cell}.ts:${line}:${column}`,
  };
}

function generate(
  cell: string,
  { patch, imports, names, tables, helper, around }: CellAnalysis,
  known: ReadonlySet<string>,
): CompiledCell {
  const inputs = [...names.free.keys()].filter((name) => known.has(name) || builtIns.includes(name));
  const outputs = [...names.declared.keys()];
  const starts = lineStarts(patch.source);
  const anchors: Anchor[] = [];
  let head = `export default async({${[helper, ...inputs].join(",")}})=>{let __value;`;
  for (const { code, start } of imports) {
    const place = placeAt(starts, start);
    anchors.push({
      line: 1,
      column: head.length + 1,
      sourceLine: place.line,
      sourceColumn: place.column,
      moves: false,
    });
    head += code;
  }
  const body = patch.finish(1);
  const [before, after] = around(cell);
  const tail = `${after};return{value:__value,exports:{${outputs.join(",")}}}}\n//# sourceURL=cell-${cell}.ts`;
  return {
    cell,
    code: `${head}${before}\n${body.text}\n${tail}`,
    inputs,
    mentions: Object.fromEntries(inputs.map((name) => [name, placeAt(starts, names.free.get(name)!)])),
    outputs,
    tables,
    map: { linesBefore: 1, lines: starts.length, anchors: [...anchors, ...body.anchors] },
  };
}
