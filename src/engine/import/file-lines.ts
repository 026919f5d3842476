import { fileChunks } from "../csv/chunks.ts";
import type { ByteSource } from "../csv/read-once.ts";

const longest = 64 * 1024 * 1024;

/** Lines that follow one another in a file, and how many of its bytes are read with them. */
export interface Lines {
  readonly lines: readonly string[];
  readonly done: number;
}

/** The lines of a file of UTF-8, piece by piece, without a mark at its start. */
export async function* fileLines(file: ByteSource): AsyncGenerator<Lines> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const { bytes, done, last } of fileChunks(file)) {
    const lines = (rest + decoder.decode(bytes, { stream: !last })).split("\n");
    rest = last ? "" : lines.pop()!;
    if (rest.length > longest) throw new RangeError("expected each line to end within 64 MB");
    yield { lines, done };
  }
}
