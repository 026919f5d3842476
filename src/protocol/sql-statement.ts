/** A stretch of SQL, and where it starts in the generated code; line and column counted from 1. */
export interface SqlPart {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** The SQL of a cell as the compiler hands it to the kernel: between each two parts a value is to stand. */
export interface SqlStatement {
  readonly cell: string;
  /** What the result is called, or "". */
  readonly name: string;
  readonly parts: readonly SqlPart[];
}
