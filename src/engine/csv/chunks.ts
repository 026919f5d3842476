import { Utf8Check, type Encoding } from "./encoding.ts";
import type { ByteSource } from "./read-once.ts";

const chunkBytes = 4 * 1024 * 1024;
const readAhead = 3;

/** A piece of a file's text as UTF-8, and how many bytes of the file are read with it. */
export interface Chunk {
  readonly bytes: Uint8Array;
  readonly done: number;
  readonly last: boolean;
}

/** The bytes of a file from `start`, piece by piece, so that no file is ever whole in memory. The next pieces are read meanwhile. */
export async function* fileChunks(file: ByteSource, start = 0): AsyncGenerator<Chunk> {
  const reads: Promise<ArrayBuffer>[] = [];
  let next = start;
  for (let at = start; at < file.size; at += chunkBytes) {
    for (; next < file.size && reads.length <= readAhead; next += chunkBytes) {
      const read = file.slice(next, Math.min(next + chunkBytes, file.size)).arrayBuffer();
      // Where reading fails, it is said when the piece's turn comes, if it does.
      read.catch(() => undefined);
      reads.push(read);
    }
    const end = Math.min(at + chunkBytes, file.size);
    yield { bytes: new Uint8Array(await reads.shift()!), done: end, last: end === file.size };
  }
}

/** Thrown where a file that was taken for UTF-8 is not. */
export class NotUtf8 extends Error {}

/** The text of a file as UTF-8, piece by piece; a `NotUtf8` where it was only assumed to be. */
export async function* textChunks(file: ByteSource, encoding: Encoding): AsyncGenerator<Chunk> {
  if (encoding.name === "utf-8") {
    const check = encoding.assumed ? new Utf8Check() : null;
    for await (const chunk of fileChunks(file, encoding.start)) {
      if (check && !check.add(chunk.bytes, chunk.last)) throw new NotUtf8();
      yield chunk;
    }
    return;
  }
  const decoder = new TextDecoder(encoding.name);
  const encoder = new TextEncoder();
  for await (const { bytes, done, last } of fileChunks(file, encoding.start))
    yield { bytes: encoder.encode(decoder.decode(bytes, { stream: !last })), done, last };
}
