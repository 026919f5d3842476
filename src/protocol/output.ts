import type { Json } from "../specs/pack.ts";

/** One thing a cell shows: a MIME bundle as in Jupyter, always with `text/plain`. Buffers hold a view's columns or a table's Arrow bytes. */
export interface Output {
  /** Unique within the cell; an output with the same id takes the place of the earlier one. */
  readonly id: string;
  readonly data: { readonly [mime: string]: Json };
  readonly metadata: { readonly [key: string]: Json };
  /** Binary columns of the richest MIME type: a view's typed arrays, or one Arrow IPC stream of a table. */
  readonly buffers: readonly ArrayBuffer[];
}

/** MIME types of our own that are no view. */
export const mime = {
  /** A table: the JSON is a `TableSummary`, the first buffer its rows as an Arrow IPC stream. */
  table: "application/vnd.apache.arrow.stream",
  /** What a cell threw: the JSON is a `CellError`. */
  error: "application/vnd.cohortbook.error.v1+json",
} as const;

/** Key of `metadata` that marks text written by `console`: "stdout" or "stderr". */
export const streamKey = "stream";

/** Key of `metadata` of a stream that says of these imported tables that they are dropped in this tab alone. */
export const droppedKey = "dropped";

/** What a table output says of itself beside its rows. */
export interface TableSummary {
  /** How many rows there are; null where counting them takes too long. */
  readonly rows: number | null;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** How many of the rows are in the buffer. */
  readonly kept: number;
  /** The result to read the others from, as long as the kernel lives: they are more than fit. */
  readonly result?: string;
}

/** A place in a person's own source: line and column counted from 1. */
export interface SourcePosition {
  readonly cell: string;
  readonly line: number;
  readonly column: number;
}

/** One frame of a stack, in a person's own source. */
export interface SourceFrame extends SourcePosition {
  /** The function's name, or null at the top level of a cell. */
  readonly name: string | null;
}

/** What a cell threw, and where: `frames` from the innermost outwards, those in cells only. */
export interface CellError {
  readonly name: string;
  readonly message: string;
  readonly frames: readonly SourceFrame[];
  /** The stack as the engine wrote it, for the curious. */
  readonly stack: string;
}
