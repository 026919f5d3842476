import type { SqlPart } from "../../protocol/sql-statement.ts";
import { checkNames, type CellAnalysis } from "./analyse-cell.ts";
import { eraseTypes } from "./erase.ts";
import { isVariableName, parseExpressions } from "./parse.ts";
import { Patch } from "./patch.ts";
import { namesOf } from "./scope.ts";
import { tablesInSql } from "./sql-names.ts";
import { holesOf, type Hole } from "./sql-parts.ts";
import { tablesIn } from "./tables.ts";
import { lineStarts, placeAt, SourceError } from "./text.ts";

/**
 * Reads a SQL cell whose result is called `name` ("" where it has no name): its text, with `${expression}` where a value or a relation
 * is to stand. Throws a SourceError where it cannot be run.
 *
 * The generated code keeps the expressions where they stand in the source and blanks the SQL around them, so that no position moves:
 * `${a} + ${b}` becomes `,(a)   ,(b)`, the arguments of one call.
 */
export function analyseSqlCell(source: string, name: string): CellAnalysis {
  if (name !== "" && !isVariableName(name))
    throw new SourceError(`name of the result: expected a variable's name, got ${JSON.stringify(name)}`, 0);
  const holes = holesOf(source);
  const patch = new Patch(source);
  const texts = textsBetween(source, holes);
  for (const { start, text } of texts) patch.blank(start, start + text.length);
  for (const { start, end, expression } of holes) {
    eraseTypes(patch, expression);
    patch.put(start, ",");
    patch.put(start + 1, "(");
    patch.put(end - 1, ")");
  }
  const program = parseExpressions(
    patch.text,
    holes.map(({ start }) => start + 1),
  );
  const read = namesOf(program);
  const [dynamic] = read.imports;
  if (dynamic) throw new SourceError("import in a cell of TypeScript, and use its name here", dynamic.start);
  const names = { ...read, declared: new Map(name === "" ? [] : [[name, 0]]) };
  checkNames(names);
  // The object replacement character stands for what a hole gives; it is no table's name.
  const inText = tablesInSql(texts.map(({ text }) => text).join(" \u{FFFC} "));
  const inHoles = tablesIn(read.calls);
  const parts = partsOf(source, texts);
  return {
    patch,
    imports: [],
    names,
    tables: {
      uses: [...new Set([...inText.uses, ...inHoles.uses])],
      defines: [...new Set([...inText.defines, ...inHoles.defines])],
    },
    helper: "__query",
    around(cell) {
      const result = name === "" ? "__value=" : `const ${name}=__value=`;
      // An empty cell has nothing to ask.
      if (source.trim() === "") return [`${result}undefined`, ""];
      return [`${result}await __query(${JSON.stringify({ cell, name, parts })}`, ")"];
    },
  };
}

/** The stretches of SQL before, between and after the holes. */
function textsBetween(source: string, holes: readonly Hole[]): { start: number; text: string }[] {
  const starts = [0, ...holes.map(({ end }) => end)];
  const ends = [...holes.map(({ start }) => start), source.length];
  return starts.map((start, i) => ({ start, text: source.slice(start, ends[i]) }));
}

/** The same with their places in the generated code, where one line stands before the source. */
function partsOf(source: string, texts: readonly { start: number; text: string }[]): SqlPart[] {
  const starts = lineStarts(source);
  return texts.map(({ start, text }) => {
    const { line, column } = placeAt(starts, start);
    return { text, line: line + 1, column };
  });
}
