import type { Output } from "../protocol/output.ts";
import type { Json } from "../specs/pack.ts";

/** One cell. Ids are stable: letters, digits, `-` and `_`, at most 64, as nbformat 4.5 asks. */
export interface Cell {
  readonly id: string;
  /** `code` is TypeScript. What a SQL cell's result is called stands in its metadata, under `name`. */
  readonly kind: "code" | "sql" | "markdown";
  readonly source: string;
  /** What the last run showed; empty for markdown. */
  readonly outputs: readonly Output[];
  /** How the last run went, or null where the cell never ran in this document. */
  readonly lastRun: LastRun | null;
  readonly metadata: { readonly [key: string]: Json };
}

/** How a cell's last run went. */
export interface LastRun {
  readonly state: "done" | "failed" | "stopped";
  /** Position in the order of runs, counted from 1: Jupyter's execution count. */
  readonly count: number;
  readonly seconds: number;
  /** What it ran on, e.g. "CPU (SIMD)"; null where no model trained. */
  readonly device: string | null;
}

/** A notebook: everything a person opens. A pure value; it changes only by `applyChange`. */
export interface NotebookDocument {
  readonly id: string;
  readonly title: string;
  readonly cells: readonly Cell[];
  /** Our own keys, kept under `metadata.cohortbook` in a file: `truth`, `language` … */
  readonly metadata: { readonly [key: string]: Json };
}

/**
 * One edit. `at` is milliseconds since 1970; `by` marks a change that took back another one, or took that back. Every edit of a document
 * is one of these, and there is no other way to change one.
 */
export type Change = { readonly at: number; readonly by?: "undo" | "redo" } & (
  | { readonly change: "insert-cell"; readonly index: number; readonly cell: Cell }
  | { readonly change: "delete-cell"; readonly cell: string }
  | { readonly change: "move-cell"; readonly cell: string; readonly index: number }
  /** Takes away `removed` characters at `offset` of the source and puts `text` there. */
  | {
      readonly change: "edit-source";
      readonly cell: string;
      readonly offset: number;
      readonly removed: number;
      readonly text: string;
    }
  | { readonly change: "set-kind"; readonly cell: string; readonly kind: Cell["kind"] }
  | {
      readonly change: "set-cell-metadata";
      readonly cell: string;
      readonly key: string;
      readonly value: Json | null;
    }
  | {
      readonly change: "set-outputs";
      readonly cell: string;
      readonly outputs: readonly Output[];
      readonly lastRun: LastRun | null;
    }
  | { readonly change: "set-title"; readonly title: string }
  | { readonly change: "set-metadata"; readonly key: string; readonly value: Json | null }
);
