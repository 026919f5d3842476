import { parquetRead, type AsyncBuffer, type FileMetaData } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { dateFromMicroseconds } from "./precise-date.ts";

/** The values of some columns in a stretch of rows, by name. */
export interface ParquetRows {
  readonly rows: number;
  /** The values of a column from row `from` up to `to` of the stretch. */
  values(name: string, from: number, to: number): unknown[];
}

interface Chunk {
  readonly start: number;
  readonly values: ArrayLike<unknown>;
}

const parsers = {
  timestampFromMicroseconds: dateFromMicroseconds,
  timestampFromNanoseconds: (nanoseconds: bigint) => dateFromMicroseconds(nanoseconds / 1000n),
};

/** The row groups of a Parquet file, one after the other: each is read and decoded once, column by column. */
export async function* parquetGroups(file: AsyncBuffer, metadata: FileMetaData): AsyncGenerator<ParquetRows> {
  let rowStart = 0;
  for (const { num_rows: count } of metadata.row_groups) {
    const rowEnd = rowStart + Number(count);
    const columns = new Map<string, Chunk[]>();
    await parquetRead({
      file,
      metadata,
      compressors,
      parsers,
      rowStart,
      rowEnd,
      onChunk({ columnName, columnData, rowStart: at }) {
        const chunks = columns.get(columnName) ?? [];
        columns.set(columnName, chunks);
        chunks.push({ start: at - rowStart, values: columnData });
      },
    });
    yield {
      rows: rowEnd - rowStart,
      values: (name, from, to) => valuesOf(columns.get(name) ?? [], from, to),
    };
    rowStart = rowEnd;
  }
}

function valuesOf(chunks: readonly Chunk[], from: number, to: number): unknown[] {
  const found: unknown[] = Array.from({ length: to - from }, () => null);
  for (const { start, values } of chunks) {
    const end = Math.min(to, start + values.length);
    for (let row = Math.max(from, start); row < end; row++) found[row - from] = values[row - start];
  }
  return found;
}
