import type { ColumnType } from "../../data/column.ts";
import type { ColumnFilter } from "../../protocol/table-info.ts";
import type { panelText } from "../../text/panel.ts";
import { fill } from "../../text/text.ts";

type Words = (typeof panelText)["en"];

/** Whether a condition compares with a value. */
export function takesValue(is: ColumnFilter["is"]): boolean {
  return is !== "missing" && is !== "present";
}

/** A condition in words: of two days one is before the other, not less. */
export function conditionWords(is: ColumnFilter["is"], type: ColumnType, t: Words): string {
  if (type === "date" && is === "less") return t["is-before"];
  if (type === "date" && is === "greater") return t["is-after"];
  return t[`is-${is}`];
}

/** A filter in words: `tenure is more than 12`. */
export function filterWords({ column, is, value }: ColumnFilter, type: ColumnType, t: Words): string {
  const condition = `${column} ${conditionWords(is, type, t)}`;
  return takesValue(is) ? `${condition} ${value}` : condition;
}

/** Why rows could not be filtered, in words: the value is none of the column's type, or what the engine says. */
export function misfitWords(type: ColumnType, value: string, error: Error, t: Words): string {
  const isTyped = type === "number" || type === "boolean" || type === "date";
  return error.name === "RangeError" && isTyped
    ? fill(t[`misfit-${type}`], { value })
    : fill(t.rowsFailed, { message: error.message });
}
