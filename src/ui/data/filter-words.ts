import type { ColumnFilter } from "../../protocol/table-info.ts";
import type { panelText } from "../../text/panel.ts";

/** Whether a condition compares with a value. */
export function takesValue(is: ColumnFilter["is"]): boolean {
  return is !== "missing" && is !== "present";
}

/** A filter in words: `tenure is more than 12`. */
export function filterWords({ column, is, value }: ColumnFilter, t: (typeof panelText)["en"]): string {
  const condition = `${column} ${t[`is-${is}`]}`;
  return takesValue(is) ? `${condition} ${value}` : condition;
}
