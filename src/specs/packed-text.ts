/** Many short texts in two buffers, so that they cross threads without a string each. */
export interface PackedText {
  /** All texts in UTF-8, one after the other. */
  readonly bytes: Uint8Array;
  /** Where each text ends in `bytes`. */
  readonly ends: Uint32Array;
}

/** Texts packed, each cut with an ellipsis to `longest` characters. */
export function packText(texts: readonly string[], longest: number): PackedText {
  const encoder = new TextEncoder();
  const ends = new Uint32Array(texts.length);
  let bytes = new Uint8Array(16 * texts.length + 4 * longest);
  let end = 0;
  for (const [i, text] of texts.entries()) {
    if (bytes.length - end < 4 * longest) bytes = grown(bytes);
    end += encoder.encodeInto(cut(text, longest), bytes.subarray(end)).written;
    ends[i] = end;
  }
  return { bytes: bytes.slice(0, end), ends };
}

/** Text i of those packed. */
export function textAt({ bytes, ends }: PackedText, i: number): string {
  return new TextDecoder().decode(bytes.subarray(i === 0 ? 0 : ends[i - 1], ends[i]));
}

/** `text`, cut with an ellipsis where it has more than `longest` characters. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const characters = Array.from(text.slice(0, 2 * longest + 2));
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join("")}…`;
}

function grown(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * bytes.length);
  larger.set(bytes);
  return larger;
}
