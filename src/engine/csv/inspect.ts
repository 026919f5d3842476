import type { ImportRefusal } from "../../protocol/import.ts";
import { fileChunks } from "./chunks.ts";
import { sniffDialect, type Dialect, type KnownLayout } from "./dialect.ts";
import { EncodingGuess, markedEncoding, type Encoding } from "./encoding.ts";
import type { ByteSource } from "./read-once.ts";
import { isBinary, looksLike } from "./signature.ts";

const headBytes = 256 * 1024;

/** A file that can be read as CSV, and how. */
export interface Inspected {
  readonly encoding: Encoding;
  readonly dialect: Dialect;
  /** What is known of the columns beforehand. */
  readonly known: KnownLayout;
}

/** Says what is known of a file that begins with these lines, and has this header or none. */
export type Know = (header: readonly string[] | null, lines: readonly string[]) => KnownLayout;

const linesShown = 20;

/** How to read a file as CSV, or why it cannot be. Where no mark names its encoding, `encoding` does; else UTF-8 is assumed. */
export async function inspectCsv(
  file: ByteSource,
  know: Know,
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
  const text = textOf(head, written);
  const isWhole = file.size <= headBytes;
  const sniffed = sniffDialect(text, isWhole);
  if (!sniffed) return refused({ why: "empty" });
  const known = know(sniffed.header ? sniffed.first : null, firstLines(text, isWhole));
  return { encoding: written, dialect: sniffDialect(text, isWhole, known) ?? sniffed, known };
}

/** The first whole lines of a text. */
function firstLines(text: Uint8Array, isWhole: boolean): string[] {
  const lines = new TextDecoder().decode(text.subarray(0, 16 * 1024)).split(/\r\n|\n|\r/);
  const whole = isWhole && text.length <= 16 * 1024 ? lines : lines.slice(0, -1);
  return whole.slice(0, linesShown);
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
