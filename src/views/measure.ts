/** About how wide a text is in pixels, by classes of characters: there is no font to ask in a worker. */
export function textWidth(text: string, size: number, face: "words" | "figures" = "words"): number {
  let width = 0;
  for (const character of text)
    width += face === "figures" && character < "\u2e80" ? 0.6 : characterWidth(character);
  return width * size;
}

/** `text`, cut with an ellipsis where it is wider than `width` pixels. */
export function ellipsis(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (textWidth(`${kept}${character}…`, size) > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** `text` in lines of at most `width` pixels: broken at spaces, and between Chinese characters but never before a closing mark. */
export function wrap(text: string, size: number, width: number): string[] {
  const pieces =
    text.match(/[\u2e80-\uffef][，。；：、）」]*|[^\s\u2e80-\uffef]+[，。；：、）」]*\s*|\s+/g) ?? [];
  const lines: string[] = [];
  let line = "";
  for (const piece of pieces) {
    if (line && textWidth(line + piece.trimEnd(), size) > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  return line.trim() ? [...lines, line.trimEnd()] : lines;
}

function characterWidth(character: string): number {
  if (character >= "\u2e80") return 1;
  if ("iljI|.,:;'!()[] tfr-·".includes(character)) return 0.36;
  if ("mwMW%@…—∏".includes(character)) return 0.9;
  if (/\p{Lu}/u.test(character)) return 0.7;
  return 0.57;
}
