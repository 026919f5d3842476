import {
  batchType,
  bool,
  Column as ArrowColumn,
  columnFromValues,
  float32,
  float64,
  int16,
  int32,
  int8,
  tableFromColumns,
  tableFromIPC,
  tableToIPC,
  timestamp,
  TimeUnit,
  uint16,
  uint32,
  uint8,
  utf8,
} from "@uwdata/flechette";
import type { DataType } from "@uwdata/flechette";
import { arrowColumn, type LargeIntegers } from "./arrow-column.ts";
import { momentsToArrow, wordsToArrow } from "./arrow-packed.ts";
import { NumberColumn, type Column } from "./column.ts";
import { MomentColumn, WordColumn } from "./packed-column.ts";
import { Table } from "./table.ts";

/** The table of an Arrow IPC stream. Columns that bear one name are told apart as `id`, `id_2`. */
export function tableFromArrow(bytes: Uint8Array, large?: LargeIntegers): Table {
  const arrow = tableFromIPC(bytes, { useDate: true });
  const taken = new Set<string>();
  const columns = arrow.children.map((column, i) => {
    const name = freeName(arrow.names[i]!, taken);
    taken.add(name);
    return [name, arrowColumn(name, column, large)] as const;
  });
  return new Table(columns, arrow.numRows);
}

/** The table as an Arrow IPC stream. Dates become timestamps, lists and structs keep their shape. */
export function tableToArrow(table: Table): Uint8Array<ArrayBuffer> {
  const columns = table.columns.map((name) => [name, toArrow(name, table.column(name))] as const);
  const bytes = tableToIPC(tableFromColumns(columns as [string, ArrowColumn<unknown>][]), {
    format: "stream",
  });
  return bytes as Uint8Array<ArrayBuffer>;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let n = 2;
  while (taken.has(`${name}_${n}`)) n++;
  return `${name}_${n}`;
}

function toArrow(name: string, column: Column): ArrowColumn<unknown> {
  if (column instanceof NumberColumn) return numbersToArrow(column);
  if (column instanceof WordColumn) return wordsToArrow(column);
  if (column instanceof MomentColumn) return momentsToArrow(column);
  try {
    const type = arrowType(column);
    return type ? columnFromValues(column, type) : columnFromValues(column);
  } catch (error) {
    throw new TypeError(`column "${name}": expected values of one shape, ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function arrowType(column: Column): DataType | null {
  switch (column.type) {
    case "number":
      return float64();
    case "string":
      return utf8();
    case "boolean":
      return bool();
    case "date":
      return timestamp(TimeUnit.MICROSECOND);
    case "other":
      return null;
    default:
      return column.type satisfies never;
  }
}

function numbersToArrow({ values, valid, length, nullCount }: NumberColumn): ArrowColumn<unknown> {
  const type = numberType(values);
  if (!length) return new ArrowColumn([], type);
  const validity = new Uint8Array(nullCount ? Math.ceil(length / 8) : 0);
  if (nullCount) for (let i = 0; i < length; i++) if (valid![i]) validity[i >> 3]! |= 1 << (i & 7);
  const Batch = batchType(type, {}) as new (fields: object) => ArrowColumn<unknown>["data"][number];
  return new ArrowColumn([new Batch({ length, nullCount, type, validity, values })], type);
}

function numberType(values: NumberColumn["values"]): DataType {
  if (values instanceof Float64Array) return float64();
  if (values instanceof Float32Array) return float32();
  if (values instanceof Int32Array) return int32();
  if (values instanceof Uint32Array) return uint32();
  if (values instanceof Int16Array) return int16();
  if (values instanceof Uint16Array) return uint16();
  if (values instanceof Int8Array) return int8();
  return uint8();
}
