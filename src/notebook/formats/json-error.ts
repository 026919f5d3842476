const space = /\s*/y;
const escape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** The offset at which a text that is no JSON stops being it; engines do not always say. */
export function jsonErrorAt(text: string): number {
  let offset = 0;
  // No recursion: a text may nest deeper than the stack.
  const open: ("}" | "]")[] = [];
  const skip = (length: number | null): boolean => {
    if (length !== null) offset += length;
    return length !== null;
  };
  const next = (character: string): boolean => {
    skip(lengthOf(space, text, offset));
    return skip(text[offset] === character ? 1 : null);
  };
  const key = (): boolean => {
    skip(lengthOf(space, text, offset));
    return skip(stringLength(text, offset)) && next(":");
  };
  for (;;) {
    if (open.at(-1) === "}" && !key()) return offset;
    if (next("{") || next("[")) {
      const close = text[offset - 1] === "{" ? "}" : "]";
      open.push(close);
      if (!next(close)) continue;
      open.pop();
    } else if (!skip(stringLength(text, offset)) && !skip(lengthOf(scalar, text, offset))) return offset;
    while (open.length > 0 && !next(",")) {
      if (!next(open.at(-1)!)) return offset;
      open.pop();
    }
    if (open.length === 0) return offset + lengthOf(space, text, offset)!;
  }
}

/** The length of what the pattern finds at `offset`, or null. */
function lengthOf(pattern: RegExp, text: string, offset: number): number | null {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0].length ?? null;
}

/** The length of the string that starts at `offset`, or null where none does or it does not end. */
function stringLength(text: string, offset: number): number | null {
  if (text[offset] !== '"') return null;
  for (let i = offset + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (text[i] === '"') return i + 1 - offset;
    if (code < 32) return null;
    if (text[i] !== "\\") continue;
    const escaped = lengthOf(escape, text, i);
    if (escaped === null) return null;
    i += escaped - 1;
  }
  return null;
}
