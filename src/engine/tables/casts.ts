import type { ColumnInfo, ColumnKind } from "../../protocol/table-info.ts";
import { identifier } from "../sql.ts";

/** Every kind, in the order in which they are offered, and the SQL type that it is kept as. */
export const sqlTypeOf: Readonly<Record<ColumnKind, string>> = {
  text: "VARCHAR",
  boolean: "BOOLEAN",
  integer: "BIGINT",
  double: "DOUBLE",
  date: "DATE",
  timestamp: "TIMESTAMP",
};

/** Ways to write a date or a time, the likeliest first, as strptime has them. */
const dateFormats = ["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d"];
const timeFormats = ["%H:%M:%S.%f", "%H:%M:%S", "%H:%M"];

/** How often each way of writing dates fits the texts of a column: the one to read them by is chosen by that. */
export function formatCounts({ name }: ColumnInfo, table: string): string {
  const counts = dateFormats.map(
    (format, i) => `count(${moment(`trim(${identifier(name)})`, format)}) AS f${i}`,
  );
  return `SELECT ${counts.join(", ")} FROM ${table}`;
}

/** The way of writing dates that fits most, of the counts of `formatCounts`. */
export function bestFormat(counts: Readonly<Record<string, unknown>>): string {
  return dateFormats.reduce(
    (best, format, i) =>
      (counts[`f${i}`] as number) > (counts[`f${dateFormats.indexOf(best)}`] as number) ? format : best,
    dateFormats[0]!,
  );
}

/** A column's values under a kind, NULL where a value does not fit: nothing is rounded, and nothing is cut. */
export function castOf(column: ColumnInfo, kind: ColumnKind, format: string): string {
  const value = identifier(column.name);
  if (kind === "text") return `CAST(${value} AS VARCHAR)`;
  switch (column.type) {
    case "string":
      return fromText(`trim(${value})`, kind, format);
    case "number":
      return fromNumber(value, kind);
    case "boolean":
      return kind === "boolean"
        ? value
        : kind === "integer" || kind === "double"
          ? `CAST(${value} AS ${sqlTypeOf[kind]})`
          : "NULL";
    case "date":
      return fromDate(value, kind);
    case "other":
      return "NULL";
    default:
      return column.type satisfies never;
  }
}

function fromText(text: string, kind: Exclude<ColumnKind, "text">, format: string): string {
  switch (kind) {
    case "boolean":
      return `CASE WHEN lower(${text}) IN ('true', 'yes', 'y', 't', '1', '是') THEN TRUE WHEN lower(${text}) IN ('false', 'no', 'n', 'f', '0', '否') THEN FALSE END`;
    case "integer":
      return `CASE WHEN regexp_full_match(${text}, '[+-]?[0-9]{1,16}') AND ${isExact(`TRY_CAST(${text} AS BIGINT)`)} THEN TRY_CAST(${text} AS BIGINT) END`;
    case "double":
      return `coalesce(CASE WHEN regexp_full_match(${text}, '[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?') THEN TRY_CAST(${text} AS DOUBLE) END,
        CASE WHEN regexp_full_match(${text}, '[+-]?[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?') THEN TRY_CAST(replace(${text}, ',', '') AS DOUBLE) END,
        CASE WHEN regexp_full_match(${text}, '[+-]?([0-9]+|[0-9]{1,3}([.][0-9]{3})+),[0-9]+') THEN TRY_CAST(replace(replace(${text}, '.', ''), ',', '.') AS DOUBLE) END)`;
    case "date":
      return `CAST(try_strptime(${text}, '${format}') AS DATE)`;
    case "timestamp":
      return moment(text, format);
    default:
      return kind satisfies never;
  }
}

function fromNumber(value: string, kind: Exclude<ColumnKind, "text">): string {
  switch (kind) {
    case "boolean":
      return `CASE WHEN ${value} = 1 THEN TRUE WHEN ${value} = 0 THEN FALSE END`;
    case "integer":
      return `CASE WHEN ${value} = trunc(${value}) AND ${isExact(value)} THEN TRY_CAST(${value} AS BIGINT) END`;
    case "double":
      return `TRY_CAST(${value} AS DOUBLE)`;
    case "date":
      return `CAST(try_strptime(CAST(TRY_CAST(${value} AS BIGINT) AS VARCHAR), '%Y%m%d') AS DATE)`;
    case "timestamp":
      // Seconds since 1970 from 1980 to 2100, or milliseconds.
      return `CASE WHEN ${value} BETWEEN 315532800 AND 4102444800 THEN make_timestamp(CAST(${value} * 1000000 AS BIGINT))
        WHEN ${value} BETWEEN 315532800000 AND 4102444800000 THEN make_timestamp(CAST(${value} * 1000 AS BIGINT)) END`;
    default:
      return kind satisfies never;
  }
}

/** Whether a whole number arrives in a cell as it is. */
function isExact(number: string): string {
  return `${number} BETWEEN -9007199254740992 AND 9007199254740992`;
}

function fromDate(value: string, kind: Exclude<ColumnKind, "text">): string {
  if (kind === "timestamp") return `CAST(${value} AS TIMESTAMP)`;
  if (kind === "date")
    return `CASE WHEN CAST(${value} AS TIMESTAMP) = CAST(CAST(${value} AS DATE) AS TIMESTAMP) THEN CAST(${value} AS DATE) END`;
  return "NULL";
}

/** A text as a moment: a date alone, or with a time after a blank or a T. */
function moment(text: string, date: string): string {
  const plain = `replace(${text}, 'T', ' ')`;
  const formats = [date, ...timeFormats.map((time) => `${date} ${time}`)];
  return `try_strptime(${plain}, [${formats.map((format) => `'${format}'`).join(", ")}])`;
}
