import { tableFromIPC, Type, type DataType, type Table as ArrowTable } from "@uwdata/flechette";
import type { FileMetaData, SchemaElement } from "hyparquet";
import { parquetMetadataAsync, parquetSchema } from "hyparquet";
import { tableFromArrow } from "../../data/arrow.ts";
import { largestNumber } from "../../data/arrow-number.ts";
import { columnFrom, LazyColumn, NumberColumn, type Column } from "../../data/column.ts";
import { MomentColumn } from "../../data/packed-column.ts";
import { Table } from "../../data/table.ts";
import { checkArrowMetadata } from "./arrow-metadata.ts";
import { parquetGroups } from "./parquet-groups.ts";
import { millisecondsOf } from "./precise-date.ts";
import { scalarText } from "./text-table.ts";

/** A file of columns with types of its own: read a piece at a time. */
export interface Columnar {
  readonly columns: readonly { readonly name: string; readonly sqlType: string }[];
  readonly rows: number;
  /** The rows, and the share of the file that is read with them. */
  pieces(): AsyncGenerator<{ readonly table: Table; readonly share: number }>;
}

/** Thrown where columns hold whole numbers that a double does not: they are to be read as texts. */
export class LargeNumbers extends RangeError {
  constructor(readonly columns: readonly string[]) {
    super(`expected numbers within ±2^53 in ${columns.join(", ")}`);
  }
}

const rowsAtOnce = 100_000;

/** A Parquet file; nested columns become JSON texts, and those of `texts` their digits. Reading its pieces may throw `LargeNumbers`. */
export async function openParquet(
  file: Blob,
  texts: ReadonlySet<string> = new Set<string>(),
): Promise<Columnar> {
  const source = {
    byteLength: file.size,
    slice: (start: number, end?: number) => file.slice(start, end ?? file.size).arrayBuffer(),
  };
  const metadata = await parquetMetadataAsync(source);
  const columns = parquetSchema(metadata).children.map(({ element, children }) => ({
    name: element.name,
    sqlType:
      children.length || element.repetition_type === "REPEATED"
        ? "JSON"
        : texts.has(element.name)
          ? "VARCHAR"
          : sqlTypeOf(element),
  }));
  const rows = rowsOf(metadata, file.size);
  return {
    columns: columns.map(({ name, sqlType }) => ({
      name,
      sqlType: sqlType === "JSON" ? "VARCHAR" : sqlType,
    })),
    rows,
    async *pieces() {
      let before = 0;
      for await (const group of parquetGroups(source, metadata)) {
        for (let from = 0; from < group.rows; from += rowsAtOnce) {
          const to = Math.min(from + rowsAtOnce, group.rows);
          const values = columns.map(({ name }) => group.values(name, from, to));
          const large = columns.filter(
            ({ sqlType }, i) => sqlType === "BIGINT" && values[i]!.some(isLargeNumber),
          );
          if (large.length) throw new LargeNumbers(large.map(({ name }) => name));
          const read = columns.map(({ name, sqlType }, i) => [name, columnOf(sqlType, values[i]!)] as const);
          yield { table: new Table(read, to - from), share: (before + to) / rows };
        }
        before += group.rows;
      }
    },
  };
}

/** An Arrow IPC file or stream; whole numbers beyond ±2^53 make their column texts. */
export async function openArrow(file: Blob): Promise<Columnar> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  checkArrowMetadata(bytes);
  const arrow = tableFromIPC(bytes);
  const { schema } = arrow;
  const table = withMicroseconds(tableFromArrow(bytes, "text"), arrow);
  const columns = table.columns.map((name, i) => ({
    name,
    sqlType: table.column(name).type === "string" ? "VARCHAR" : arrowSqlType(schema.fields[i]!.type),
  }));
  return {
    columns,
    rows: table.numRows,
    async *pieces() {
      for (let from = 0; from < table.numRows; from += rowsAtOnce) {
        const to = Math.min(from + rowsAtOnce, table.numRows);
        const some = table.slice(from, to);
        const texts = columns.map(({ name }): readonly [string, Column] => [name, asText(some.column(name))]);
        yield { table: new Table(texts, some.numRows), share: to / table.numRows };
      }
    },
  };
}

/** The table with its timestamps in full, where a `Date` would cut them to milliseconds. */
function withMicroseconds(table: Table, arrow: ArrowTable): Table {
  const columns = table.columns.map((name, i): readonly [string, Column] => {
    if (arrow.schema.fields[i]!.type.typeId !== Type.Timestamp) return [name, table.column(name)];
    const milliseconds = arrow.getChildAt(i) as Iterable<number | null>;
    return [name, new MomentColumn(Float64Array.from(milliseconds, (value) => value ?? NaN))];
  });
  return new Table(columns, table.numRows);
}

/** How many rows a file says it has; one that says more than its bytes can hold is damaged. */
function rowsOf({ num_rows: rows, row_groups: groups }: FileMetaData, bytes: number): number {
  const counted = groups.reduce((sum, group) => sum + group.num_rows, 0n);
  if (rows !== counted || rows < 0n || rows > BigInt(bytes) * 100_000n)
    throw new Error(`its footer says ${rows} rows, which cannot be`);
  return Number(rows);
}

function sqlTypeOf({ type, converted_type: converted, logical_type: logical }: SchemaElement): string {
  if (converted === "DATE" || logical?.type === "DATE") return "DATE";
  if (converted?.startsWith("TIMESTAMP") || logical?.type === "TIMESTAMP" || type === "INT96")
    return "TIMESTAMP";
  if (converted === "DECIMAL" || logical?.type === "DECIMAL") return "DOUBLE";
  if (converted?.startsWith("TIME") || logical?.type === "TIME") return "VARCHAR";
  if (logical?.type === "FLOAT16") return "DOUBLE";
  if (type === "BOOLEAN") return "BOOLEAN";
  if (type === "INT32" || type === "INT64") return "BIGINT";
  if (type === "FLOAT" || type === "DOUBLE") return "DOUBLE";
  return converted === "JSON" || converted === "BSON" ? "JSON" : "VARCHAR";
}

function columnOf(sqlType: string, values: readonly unknown[]): Column {
  switch (sqlType) {
    case "DATE":
    case "TIMESTAMP":
      return new MomentColumn(Float64Array.from(values, millisecondsOf));
    case "BIGINT":
    case "DOUBLE":
      return numbers(values);
    case "BOOLEAN":
      return values.some((value) => typeof value === "boolean")
        ? columnFrom(values)
        : texts(values.map(() => null));
    default:
      return texts(values.map(textOf));
  }
}

function isLargeNumber(value: unknown): boolean {
  return typeof value === "bigint" && (value > largestNumber || value < -largestNumber);
}

function numbers(values: readonly unknown[]): Column {
  const valid = Uint8Array.from(values, (value) => (value === null || value === undefined ? 0 : 1));
  return new NumberColumn(
    Float64Array.from(values, (value, i) => (valid[i] ? Number(value) : NaN)),
    valid,
  );
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array)
    return Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (typeof value === "object")
    return JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? String(inner) : inner));
  return scalarText(value);
}

function texts(values: readonly (string | null)[]): Column {
  const missing = values.reduce((count, value) => count + (value === null ? 1 : 0), 0);
  return new LazyColumn<string>("string", values.length, missing, (i) => values[i]!);
}

/** Lists and structs as JSON texts, any other column as it is. */
function asText(column: Column): Column {
  if (column.type !== "other") return column;
  return texts(Array.from({ length: column.length }, (_, i) => textOf(column.at(i))));
}

function arrowSqlType({ typeId }: DataType): string {
  if (typeId === Type.Int) return "BIGINT";
  if (typeId === Type.Float || typeId === Type.Decimal) return "DOUBLE";
  if (typeId === Type.Bool) return "BOOLEAN";
  if (typeId === Type.Date) return "DATE";
  return typeId === Type.Timestamp ? "TIMESTAMP" : "VARCHAR";
}
