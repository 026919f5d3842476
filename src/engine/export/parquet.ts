import type { SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { NumberColumn, type Column } from "../../data/column.ts";
import type { Table } from "../../data/table.ts";
import type { ColumnInfo } from "../../protocol/table-info.ts";

/** Writes tables of one shape into a Parquet file, a row group each, compressed by Snappy. */
export class ParquetFile {
  readonly #writer = new ByteWriter();
  readonly #file: ParquetWriter;

  constructor(private readonly columns: readonly ColumnInfo[]) {
    this.#file = new ParquetWriter({
      writer: this.#writer,
      schema: [{ name: "root", num_children: columns.length }, ...columns.map(element)],
      createdBy: "Cohortbook",
    });
  }

  /** Adds a row group. */
  write(table: Table): void {
    const columnData = this.columns.map((info) => ({
      name: info.name,
      data: values(table.column(info.name), info),
    }));
    void this.#file.write({ columnData, rowGroupSize: Math.max(table.numRows, 1) });
  }

  /** The whole file. */
  finish(): ArrayBuffer {
    void this.#file.finish();
    return this.#writer.getBuffer();
  }
}

function element({ name, type, sqlType }: ColumnInfo): SchemaElement {
  const optional = { name, repetition_type: "OPTIONAL" } as const;
  switch (type) {
    case "number":
      return isWhole(sqlType) ? { ...optional, type: "INT64" } : { ...optional, type: "DOUBLE" };
    case "boolean":
      return { ...optional, type: "BOOLEAN" };
    case "date":
      return sqlType === "DATE"
        ? { ...optional, type: "INT32", converted_type: "DATE" }
        : { ...optional, type: "INT64", converted_type: "TIMESTAMP_MILLIS" };
    case "string":
      return { ...optional, type: "BYTE_ARRAY", converted_type: "UTF8" };
    case "other":
      return { ...optional, type: "BYTE_ARRAY", converted_type: "JSON" };
    default:
      return type satisfies never;
  }
}

function isWhole(sqlType: string): boolean {
  return /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(sqlType);
}

function values(column: Column, { type, sqlType }: ColumnInfo): unknown[] {
  const list = Array.from({ length: column.length }, (_, i) => column.at(i));
  if (type === "number" && isWhole(sqlType))
    return list.map((value) => (value === null ? null : BigInt(value as number)));
  if (type === "other") return list.map((value) => (value === null ? null : value));
  if (column instanceof NumberColumn && !column.nullCount) return [...column.values];
  return list;
}
