import type { Rows } from "./rows.ts";

/** Rows of a piece of a file: those before `from` are no data, and `done` bytes of the file are read with it. */
export interface RowPiece {
  readonly rows: Rows;
  readonly from: number;
  readonly done: number;
}

const mostKept = 384 * 1024 * 1024;

/** The rows of a file, to be read more than once. They are split once and stay in memory, where they are not too many for it. */
export class KeptRows {
  #kept: RowPiece[] = [];
  #state: "unread" | "kept" | "too-large" = "unread";

  /** `read` reads the file anew each time. */
  constructor(private readonly read: () => AsyncGenerator<RowPiece>) {}

  /** The rows from the first to the last, piece by piece. */
  async *pieces(): AsyncGenerator<RowPiece> {
    if (this.#state === "kept") {
      yield* this.#kept;
      return;
    }
    let size = 0;
    for await (const piece of this.read()) {
      if (this.#state === "unread") {
        const rows = copied(piece.rows);
        size += sizeOf(rows);
        this.#kept.push({ ...piece, rows });
        if (size > mostKept) this.#forget();
      }
      yield piece;
    }
    if (this.#state === "unread") this.#state = "kept";
  }

  #forget(): void {
    this.#state = "too-large";
    this.#kept = [];
  }
}

/** The same rows in memory of their own. */
function copied({ bytes, count, first, line, span }: Rows): Rows {
  return { bytes: bytes.slice(), count, first: first.slice(), line: line.slice(), span: span.slice() };
}

function sizeOf({ bytes, first, line, span }: Rows): number {
  return bytes.byteLength + first.byteLength + line.byteLength + span.byteLength;
}
