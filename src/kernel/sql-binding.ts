import { tableToArrow } from "../data/arrow.ts";
import { Table } from "../data/table.ts";
import type { NotebookData, SqlParameter } from "../protocol/data.ts";
import { inspect } from "./inspect.ts";
import { LargeResult } from "./large-result.ts";

/** A SQL text with its values bound: none of them stands in the text. */
export interface BoundSql {
  readonly text: string;
  readonly parameters: readonly SqlParameter[];
  /** The offset in `text` of each part that was given. */
  readonly starts: readonly number[];
  /** Relations that were lent for the text, to be released once it has run. */
  readonly relations: readonly string[];
}

/** Thrown where a value is none that SQL can take. */
export class ValueError extends TypeError {
  constructor(
    message: string,
    /** Which of the values it is, counted from 0. */
    readonly index: number,
  ) {
    super(message);
  }
}

/** Puts values between the parts of a SQL text: a Table as a relation, a LargeResult as the query that gives it, all else as a parameter. */
export async function bindSql(
  data: NotebookData,
  parts: readonly string[],
  values: readonly unknown[],
): Promise<BoundSql> {
  const relations: string[] = [];
  const parameters: SqlParameter[] = [];
  const starts = [0];
  let text = parts[0]!;
  try {
    for (const [i, value] of values.entries()) {
      if (value instanceof Table) {
        const relation = await data.register(tableToArrow(value));
        relations.push(relation);
        text += relation;
      } else if (value instanceof LargeResult) {
        text += `(${value.query.text}\n)`;
        parameters.push(...value.query.parameters);
      } else {
        parameters.push(parameter(value, i));
        text += "?";
      }
      starts.push(text.length);
      text += parts[i + 1]!;
    }
  } catch (error) {
    await releaseAll(data, relations);
    throw error;
  }
  return { text, parameters, starts, relations };
}

/** Gives relations back that were lent. */
export async function releaseAll(data: NotebookData, relations: readonly string[]): Promise<void> {
  for (const relation of relations) await data.release(relation);
}

function parameter(value: unknown, index: number): SqlParameter {
  if (value === undefined || value === null) return null;
  if (typeof value === "bigint" && BigInt(Number(value)) === value) return Number(value);
  if (
    typeof value === "boolean" ||
    typeof value === "number" ||
    typeof value === "string" ||
    value instanceof Date
  )
    return value;
  throw new ValueError(
    `sql: value ${index + 1}: expected a number, string, boolean, Date or Table, got ${inspect(value)}`,
    index,
  );
}
