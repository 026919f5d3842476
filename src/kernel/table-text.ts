import type { Table } from "../data/table.ts";
import { inspect } from "./inspect.ts";

const mostRows = 20;
const mostWidth = 40;

/** The first rows of a table as aligned text, numbers to the right, with a last line that counts rows and columns. `rows` is how many there are where the table holds only the first, null where that is not known. */
export function tableText(table: Table, rows: number | null = table.numRows): string {
  const shown = Math.min(table.numRows, mostRows);
  const columns = table.columns.map((name) => {
    const column = table.column(name);
    const cells = Array.from({ length: shown }, (_, i) => cellText(column.at(i)));
    const width = Math.max(name.length, ...cells.map((cell) => cell.length));
    const pad = (text: string): string =>
      column.type === "number" ? text.padStart(width) : text.padEnd(width);
    return [pad(name), "─".repeat(width), ...cells.map(pad)];
  });
  const lines = Array.from({ length: columns.length ? shown + 2 : 0 }, (_, i) =>
    columns
      .map((column) => column[i])
      .join("  ")
      .trimEnd(),
  );
  const more = (rows ?? Infinity) > shown ? `, first ${shown} shown` : "";
  return [
    ...lines,
    `${rows === null ? `more than ${counted(table.numRows, "row")}` : counted(rows, "row")} × ${counted(table.columns.length, "column")}${more}`,
  ].join("\n");
}

function cellText(value: unknown): string {
  const text = value === null ? "" : inspect(value).replaceAll("\n", " ");
  return text.length > mostWidth && typeof value !== "number" ? `${text.slice(0, mostWidth - 1)}…` : text;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
