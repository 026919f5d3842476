const space = /\s*/y;
const string = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** The offset at which a text that is no JSON stops being it; engines do not always say. */
export function jsonErrorAt(text: string): number {
  let offset = 0;
  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = offset;
    const found = pattern.exec(text);
    if (found) offset += found[0].length;
    return found !== null;
  };
  const next = (character: string): boolean => {
    match(space);
    if (text[offset] !== character) return false;
    offset++;
    return true;
  };
  /** Reads members up to the closing character; an empty list needs none. */
  const members = (close: string, member: () => boolean): boolean => {
    if (next(close)) return true;
    do {
      match(space);
      if (!member()) return false;
    } while (next(","));
    return next(close);
  };
  const value = (): boolean => {
    match(space);
    if (next("{")) return members("}", () => match(string) && next(":") && value());
    if (next("[")) return members("]", value);
    return match(string) || match(scalar);
  };
  if (value()) match(space);
  return offset;
}
