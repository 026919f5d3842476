import type { ColumnInfo, ColumnKind, DateOrder } from "../../protocol/table-info.ts";
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

const [, dayFirst, monthFirst] = dateFormats as [string, string, string];

/** How the texts of a column are written: one way for all of them. */
export interface Writing {
  /** More than one where nothing tells them apart: only what all of them read alike is a date. */
  readonly dates: readonly string[];
  /** What stands before decimals; null where nothing tells whether `1,234` is more than a thousand. */
  readonly decimals: "point" | "comma" | null;
}

/** How a column that holds no texts is written. */
export const noTexts: Writing = { dates: [dateFormats[0]!], decimals: null };

/** The ways of writing that are left once a person said what stands first in dates. */
export function inOrder(writing: Writing, order: DateOrder | null): Writing {
  if (order === null || writing.dates.length < 2) return writing;
  return { ...writing, dates: [order === "day-first" ? dayFirst : monthFirst] };
}

/** Counts how often each way of writing dates and numbers fits the texts of a column. */
export function writingCounts({ name }: ColumnInfo, table: string): string {
  const text = `trim(${identifier(name)})`;
  const counts = dateFormats.map((format, i) => `count(${moment(text, format)}) AS f${i}`);
  for (const mark of ["point", "comma"] as const) counts.push(`count(${double(text, mark)}) AS ${mark}`);
  return `SELECT ${counts.join(", ")} FROM ${table}`;
}

/** The way of writing that fits most, of the counts of `writingCounts`. */
export function bestWriting(counts: Readonly<Record<string, unknown>>): Writing {
  const fits = (format: string): number => counts[`f${dateFormats.indexOf(format)}`] as number;
  const best = dateFormats.reduce((most, format) => (fits(format) > fits(most) ? format : most));
  const point = counts.point as number;
  const comma = counts.comma as number;
  return {
    dates: best === dayFirst && fits(monthFirst) === fits(dayFirst) ? [dayFirst, monthFirst] : [best],
    decimals: point === comma ? null : point > comma ? "point" : "comma",
  };
}

/** A column's values under a kind, NULL where a value does not fit: nothing is rounded, and nothing is cut. */
export function castOf(column: ColumnInfo, kind: ColumnKind, writing: Writing): string {
  const value = identifier(column.name);
  if (kind === "text") return `CAST(${value} AS VARCHAR)`;
  switch (column.type) {
    case "string":
      return fromText(`trim(${value})`, kind, writing);
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

function fromText(text: string, kind: Exclude<ColumnKind, "text">, { dates, decimals }: Writing): string {
  switch (kind) {
    case "boolean":
      return `CASE WHEN lower(${text}) IN ('true', 'yes', 'y', 't', '1', '是') THEN TRUE WHEN lower(${text}) IN ('false', 'no', 'n', 'f', '0', '否') THEN FALSE END`;
    case "integer":
      return `CASE WHEN regexp_full_match(${text}, '[+-]?[0-9]{1,16}') AND ${isExact(`TRY_CAST(${text} AS BIGINT)`)} THEN TRY_CAST(${text} AS BIGINT) END`;
    case "double":
      return double(text, decimals);
    case "date":
      return alike(dates.map((format) => `CAST(try_strptime(${text}, '${format}') AS DATE)`));
    case "timestamp":
      return alike(dates.map((format) => moment(text, format)));
    default:
      return kind satisfies never;
  }
}

/** A text as a number. Without a mark, a point stands before decimals and nothing between thousands. */
function double(text: string, decimals: Writing["decimals"]): string {
  const reading = (pattern: string, plain: string): string =>
    `CASE WHEN regexp_full_match(${text}, '[+-]?${pattern}') THEN TRY_CAST(${plain} AS DOUBLE) END`;
  if (decimals === "comma")
    return reading(
      "([0-9]+|[0-9]{1,3}([.][0-9]{3})+)(,[0-9]+)?([eE][+-]?[0-9]+)?",
      `replace(replace(${text}, '.', ''), ',', '.')`,
    );
  const point = reading("([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?", text);
  if (decimals === null) return point;
  return `coalesce(${point}, ${reading("[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?", `replace(${text}, ',', '')`)})`;
}

/** The value that all readings give, NULL where they differ. */
function alike(readings: readonly string[]): string {
  const [first, ...others] = readings;
  return others.length
    ? `CASE WHEN ${others.map((each) => `${each} = ${first}`).join(" AND ")} THEN ${first} END`
    : first!;
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
      return `CASE WHEN ${value} BETWEEN 315532800 AND 4102444800 THEN make_timestamp(CAST(${value}::DOUBLE * 1000000 AS BIGINT))
        WHEN ${value} BETWEEN 315532800000 AND 4102444800000 THEN make_timestamp(CAST(${value}::DOUBLE * 1000 AS BIGINT)) END`;
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
