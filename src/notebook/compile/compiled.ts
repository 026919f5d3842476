import type { CellError } from "../../protocol/output.ts";
import type { Place } from "./text.ts";

/** A cell as the kernel runs it: plain JavaScript, with the names it takes and gives. */
export interface CompiledCell {
  readonly cell: string;
  /**
   * Text of an ES module: `export default async ({ __import, inputA, inputB }) => { …; return { value, exports: { x, y } } }`.
   * The kernel passes `__import(specifier, names)` beside the inputs whether the cell imports or not; it gives the module of that
   * name, and throws where the module lacks one of `names`. To the code of a SQL cell it passes `__query(statement, ...values)`, which
   * gives the rows of a `SqlStatement`.
   */
  readonly code: string;
  /** Names the cell takes from other cells and the built-ins, without `__import`. */
  readonly inputs: readonly string[];
  /** Where the source first mentions each input: the place of the error when no cell that ran gave it. */
  readonly mentions: { readonly [input: string]: Place };
  /** Names the cell defines for other cells: its top-level declarations and imports. */
  readonly outputs: readonly string[];
  readonly tables: TableNames;
  readonly map: PositionMap;
}

/** Tables a cell names literally, in lower case: `telco`, `shop.orders`, and `shop.*` for a whole schema that `dataset` makes. */
export interface TableNames {
  readonly uses: readonly string[];
  readonly defines: readonly string[];
}

/** Where the generated code differs from the source, in ascending order of generated position. All counted from 1. */
export interface PositionMap {
  /** Generated lines before the first line of the source. */
  readonly linesBefore: number;
  /** Lines of the source. */
  readonly lines: number;
  readonly anchors: readonly Anchor[];
}

/** From this generated position to the next anchor or the end of its line, positions belong to this place of the source. */
export interface Anchor {
  readonly line: number;
  readonly column: number;
  readonly sourceLine: number;
  readonly sourceColumn: number;
  /** Whether columns move along with the source, or all stand for the one place: text that the compiler put in. */
  readonly moves: boolean;
}

/** What compiling a cell gives: code, or a SyntaxError with its place. */
export type CompileResult =
  | { readonly state: "compiled"; readonly compiled: CompiledCell }
  | { readonly state: "failed"; readonly error: CellError };
