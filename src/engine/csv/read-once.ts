/** Bytes that can be read piece by piece: a `Blob`, or what stands for one. */
export interface ByteSource {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

const mostKept = 128 * 1024 * 1024;

/** A file whose pieces are read but once, however often they are asked for: they stay in memory, where the file is not too large for it. */
export class ReadOnce implements ByteSource {
  readonly size: number;
  readonly #kept = new Map<string, Promise<ArrayBuffer>>();

  constructor(private readonly file: ByteSource) {
    this.size = file.size;
  }

  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> } {
    if (this.size > mostKept) return this.file.slice(start, end);
    return {
      arrayBuffer: () => {
        const piece = `${start}-${end}`;
        const bytes = this.#kept.get(piece) ?? this.file.slice(start, end).arrayBuffer();
        this.#kept.set(piece, bytes);
        return bytes;
      },
    };
  }
}
