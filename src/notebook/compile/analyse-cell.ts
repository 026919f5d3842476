import type { ImportExpression, Program } from "acorn";
import { builtIns } from "./built-ins.ts";
import type { TableNames } from "./compiled.ts";
import { eraseTypes } from "./erase.ts";
import { checkImportable, importsOf, type CellImport } from "./imports.ts";
import { parseJavaScript, parseTypeScript } from "./parse.ts";
import { Patch } from "./patch.ts";
import { namesOf, type Names } from "./scope.ts";
import { tablesIn } from "./tables.ts";
import { SourceError } from "./text.ts";

/** What a cell's source says before anything is known of the cells around it. */
export interface CellAnalysis {
  /** The source with types blanked, what is not run taken out, and the last expression caught. */
  readonly patch: Patch;
  readonly imports: readonly CellImport[];
  readonly names: Names;
  readonly tables: TableNames;
  /** What the code asks of the kernel beside its inputs. */
  readonly helper: "__import" | "__query";
  /** Code of one line to put before the source and after it, given the cell's id. */
  readonly around: (cell: string) => readonly [before: string, after: string];
}

/** Reads a cell of TypeScript; throws a SourceError where it cannot be run. */
export function analyseCell(source: string): CellAnalysis {
  const { tree, object } = parseTypeScript(source);
  const patch = new Patch(source);
  eraseTypes(patch, tree);
  const program = parseJavaScript(patch.text, object);
  const names = namesOf(program);
  checkNames(names);
  const imports = importsOf(program);
  for (const { start, end } of imports) patch.blank(start, end);
  for (const dynamic of names.imports) passOn(patch, dynamic);
  eraseExports(patch, program);
  catchValue(patch, program);
  const tables = tablesIn(names.calls);
  return { patch, imports, names, tables, helper: "__import", around: () => ["", ""] };
}

/** Throws a SourceError where a cell takes for itself what is built in. */
export function checkNames({ declared, free, written }: Names): void {
  for (const [name, offset] of [...declared, ...free])
    if (name === "__import" || name === "__query" || name === "__value")
      throw new SourceError(`"${name}" is taken: choose another name`, offset);
  for (const [name, offset] of [...declared, ...written])
    if (builtIns.includes(name)) throw new SourceError(`"${name}" is built in: choose another name`, offset);
}

/** `import("d3")` asks the kernel, as the statement does. */
function passOn(patch: Patch, node: ImportExpression): void {
  if (node.source.type === "Literal") checkImportable(node.source.value, node.source.start);
  patch.insert(node.start, "__");
}

/** `export` is allowed before a declaration, and says nothing: every top-level name is shared. */
function eraseExports(patch: Patch, program: Program): void {
  for (const statement of program.body) {
    if (statement.type === "ExportDefaultDeclaration")
      throw new SourceError(
        "a cell has no default export: its last expression is its value",
        statement.start,
      );
    if (statement.type === "ExportAllDeclaration")
      throw new SourceError("a cell cannot export a module: import the names it needs", statement.start);
    if (statement.type !== "ExportNamedDeclaration") continue;
    if (!statement.declaration)
      throw new SourceError(
        "every top-level name of a cell is shared: leave the export list out",
        statement.start,
      );
    patch.blank(statement.start, statement.declaration.start);
  }
}

/** The last statement, if it is an expression, becomes the cell's value, with or without a semicolon after it. */
function catchValue(patch: Patch, program: Program): void {
  const last = program.body.findLast((statement) => statement.type !== "EmptyStatement");
  if (last?.type !== "ExpressionStatement") return;
  const end = patch.text[last.end - 1] === ";" ? last.end - 1 : last.end;
  patch.insert(last.start, ";__value=(");
  patch.insert(end, ")");
}
