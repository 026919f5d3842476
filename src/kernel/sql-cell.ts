import { tableFromArrow } from "../data/arrow.ts";
import type { Table } from "../data/table.ts";
import type { NotebookData, SqlRefusal } from "../protocol/data.ts";
import type { SqlStatement } from "../protocol/sql-statement.ts";
import { LargeResult } from "./large-result.ts";
import { bindSql, releaseAll, ValueError, type BoundSql } from "./sql-binding.ts";
import { ownError, SqlError } from "./remote-error.ts";

/** Runs the statement of a SQL cell with the values of its holes. */
export type SqlCell = (statement: SqlStatement, ...values: unknown[]) => Promise<Table | LargeResult>;

/** The rows of SQL cells. `keep` is told how to give back what a result that is too large for a Table holds on to. */
export function createSqlCell(data: NotebookData, keep: (release: () => Promise<void>) => void): SqlCell {
  return async (statement, ...values) => {
    const texts = statement.parts.map(({ text }) => text);
    const bound = await bindSql(data, texts, values).catch((error: unknown) => {
      throw error instanceof ValueError
        ? atPlace(error, statement, error.index, texts[error.index]!.length)
        : error;
    });
    let held = false;
    let place: SqlRefusal["place"] = null;
    try {
      const opened = await data.open(bound.text, bound.parameters);
      if (opened.state === "refused") {
        place = opened.refusal.place;
        throw new SqlError(opened.refusal.message);
      }
      if (opened.state === "whole") return tableFromArrow(opened.rows);
      const { result, sql, rows, first } = opened;
      held = true;
      keep(async () => {
        await data.close(result);
        await releaseAll(data, bound.relations);
      });
      return new LargeResult({
        name: statement.name,
        id: result,
        query: { text: sql, parameters: bound.parameters },
        numRows: rows,
        first: tableFromArrow(first),
        page: async (offset, limit) =>
          tableFromArrow(
            await data.page(result, offset, limit).catch((error: unknown) => {
              throw ownError(error);
            }),
          ),
      });
    } catch (error) {
      throw placed(ownError(error), statement, bound, place);
    } finally {
      if (!held) await releaseAll(data, bound.relations);
    }
  };
}

/** An error at its place in the statement, or at the statement's first letter. What a hole put there has no place of its own: the hole stands for it. */
function placed(
  error: Error,
  statement: SqlStatement,
  { text, starts }: BoundSql,
  place: SqlRefusal["place"],
): Error {
  const at = place ? offsetOf(text, place) : text.search(/\S/);
  const part = starts.findLastIndex((start) => start <= at);
  return atPlace(error, statement, part, at - starts[part]!);
}

function offsetOf(text: string, { line, column }: NonNullable<SqlRefusal["place"]>): number {
  const before = text.split("\n").slice(0, line - 1);
  return before.reduce((length, each) => length + each.length + 1, 0) + column - 1;
}

/** The error with a stack that leads to a place in the cell, `offset` into one of its parts, as a frame of JavaScript would. */
function atPlace(error: Error, { cell, parts }: SqlStatement, index: number, offset: number): Error {
  const part = parts[index]!;
  const lines = part.text.slice(0, offset).split("\n");
  const line = part.line + lines.length - 1;
  const column = (lines.length === 1 ? part.column : 1) + lines.at(-1)!.length;
  error.stack = `${error.name}: ${error.message}\n    at cell-${cell}.ts:${line}:${column}`;
  return error;
}
