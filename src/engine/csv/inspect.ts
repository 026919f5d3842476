import type { ImportRefusal } from "../../protocol/import.ts";
import { fileChunks } from "./chunks.ts";
import { sniffDialect, type Dialect } from "./dialect.ts";
import { EncodingGuess, markedEncoding, type Encoding } from "./encoding.ts";
import type { ByteSource } from "./read-once.ts";
import { isBinary, looksLike } from "./signature.ts";

const headBytes = 256 * 1024;

/** A file that can be read as CSV, and how. */
export interface Inspected {
  readonly encoding: Encoding;
  readonly dialect: Dialect;
}

/** How to read a file as CSV, or why it cannot be. Where no mark names its encoding, `encoding` does; else UTF-8 is assumed. */
export async function inspectCsv(
  file: ByteSource,
  encoding: Encoding = { name: "utf-8", start: 0, assumed: true },
): Promise<Inspected | { readonly refusal: ImportRefusal }> {
  if (!file.size) return refused({ why: "empty" });
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  const found = looksLike(head);
  if (found) return refused({ why: "not-text", looksLike: found });
  const marked = markedEncoding(head);
  if (isBinary(head) && !marked?.name.startsWith("utf-16"))
    return refused({ why: "not-text", looksLike: "binary" });
  const written = marked ?? encoding;
  const dialect = sniffDialect(textOf(head, written), file.size <= headBytes);
  return dialect ? { encoding: written, dialect } : refused({ why: "empty" });
}

function refused(refusal: ImportRefusal): { readonly refusal: ImportRefusal } {
  return { refusal };
}

/** The encoding that all bytes of a file speak for. */
export async function guessEncoding(
  file: ByteSource,
  progress: (done: number) => Promise<void>,
): Promise<Encoding> {
  const guess = new EncodingGuess();
  for await (const { bytes, done } of fileChunks(file)) {
    guess.add(bytes);
    await progress(done);
  }
  guess.add();
  return { name: guess.name, start: 0 };
}

function textOf(head: Uint8Array, { name, start }: Encoding): Uint8Array {
  const bytes = head.subarray(start);
  return name === "utf-8"
    ? bytes
    : new TextEncoder().encode(new TextDecoder(name).decode(bytes, { stream: true }));
}
