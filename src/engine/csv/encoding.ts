/** How the text of a file is written, by the names that `TextDecoder` knows. */
export interface Encoding {
  readonly name: "utf-8" | "utf-16le" | "utf-16be" | "gb18030" | "windows-1252";
  /** Where the text begins. */
  readonly start: number;
  /** Whether nothing but the first bytes speaks for it. */
  readonly assumed?: boolean;
}

/** The encoding that the first bytes of a file give away (a mark, or zeros at every other place), or null. */
export function markedEncoding(head: Uint8Array): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { name: "utf-8", start: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { name: "utf-16le", start: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { name: "utf-16be", start: 2 };
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i & 1]!++;
  const [even, odd] = zeros as [number, number];
  if (odd > head.length * 0.3 && even < head.length * 0.05) return { name: "utf-16le", start: 0 };
  if (even > head.length * 0.3 && odd < head.length * 0.05) return { name: "utf-16be", start: 0 };
  return null;
}

/** Tells of bytes, piece by piece, whether they are UTF-8 so far. */
export class Utf8Check {
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  /** Whether a character may go on in the next bytes. */
  #within = false;

  /** Takes the next bytes; false where they are not UTF-8, or end within a character and are the last. */
  add(bytes: Uint8Array, last: boolean): boolean {
    if (!this.#within && isAscii(bytes)) return true;
    this.#within = bytes[bytes.length - 1]! >= 0x80;
    return stillValid(this.#decoder, bytes, !last) !== null;
  }
}

/** Reads bytes without a mark and tells their encoding: UTF-8 where all of them are, else GB18030 or windows-1252. */
export class EncodingGuess {
  #utf8: TextDecoder | null = new TextDecoder("utf-8", { fatal: true });
  #gb18030: TextDecoder | null = new TextDecoder("gb18030", { fatal: true });
  /** Whether a character may go on in the next bytes. */
  #within = false;
  #high = 0;
  #paired = 0;

  /** Takes the next bytes; the last call gives none. */
  add(bytes?: Uint8Array): void {
    // Plain ASCII between whole characters is valid in both, and most files hold nothing else.
    if (bytes && !this.#within && isAscii(bytes)) return;
    this.#within = bytes !== undefined && bytes[bytes.length - 1]! >= 0x80;
    this.#utf8 = stillValid(this.#utf8, bytes, bytes !== undefined);
    this.#gb18030 = stillValid(this.#gb18030, bytes, bytes !== undefined);
    if (bytes && this.#high < 10_000) this.#countPairs(bytes);
  }

  /** The encoding of what was read. */
  get name(): Encoding["name"] {
    if (this.#utf8) return "utf-8";
    // Chinese text is nearly all pairs in the range of common characters; accented letters stand alone.
    return this.#gb18030 && this.#paired > 0.8 * this.#high ? "gb18030" : "windows-1252";
  }

  #countPairs(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte < 0x80) continue;
      this.#high++;
      const next = bytes[i + 1]!;
      if (byte < 0xa1 || byte > 0xf7 || !(next >= 0xa1 && next <= 0xfe)) continue;
      this.#high++;
      this.#paired += 2;
      i++;
    }
  }
}

function isAscii(bytes: Uint8Array): boolean {
  const whole = bytes.length & ~3;
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, whole / 4);
  let high = 0;
  for (let i = 0; i < words.length; i++) high |= words[i]!;
  if (high & 0x80808080) return false;
  for (let i = whole; i < bytes.length; i++) if (bytes[i]! >= 0x80) return false;
  return true;
}

function stillValid(
  decoder: TextDecoder | null,
  bytes: Uint8Array | undefined,
  stream: boolean,
): TextDecoder | null {
  try {
    decoder?.decode(bytes, { stream });
    return decoder;
  } catch {
    return null;
  }
}
