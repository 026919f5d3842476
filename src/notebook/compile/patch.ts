import type { Anchor } from "./compiled.ts";
import { lineStarts, placeAt } from "./text.ts";

const lineEnds = new Set("\n\r\u2028\u2029");

/** Edits of a source text that leave every line where it is, and know of every column that moves. */
export class Patch {
  readonly #units: string[];
  readonly #insertions: { readonly offset: number; readonly text: string }[] = [];

  constructor(readonly source: string) {
    this.#units = source.split("");
  }

  /** The source with its blanks, of the source's own length: without what was inserted. */
  get text(): string {
    return this.#units.join("");
  }

  /** Whether the unit at `offset` was blanked. */
  blanked(offset: number): boolean {
    return this.#units[offset] === " " && this.source[offset] !== " ";
  }

  /** Puts spaces over a range; line ends stay. */
  blank(start: number, end: number): void {
    for (let i = start; i < end; i++) if (!lineEnds.has(this.#units[i]!)) this.#units[i] = " ";
  }

  /** Puts one character in place of another. */
  put(offset: number, character: string): void {
    this.#units[offset] = character;
  }

  /** Puts text without line ends before `offset`; of two at one offset the first goes first. */
  insert(offset: number, text: string): void {
    this.#insertions.push({ offset, text });
  }

  /** The edited text, and an anchor wherever columns move; `linesBefore` counts the lines put before it. */
  finish(linesBefore: number): { readonly text: string; readonly anchors: readonly Anchor[] } {
    const starts = lineStarts(this.source);
    const anchors: Anchor[] = [];
    const pieces: string[] = [];
    let from = 0;
    let line = 0;
    let shift = 0;
    for (const { offset, text } of this.#insertions.toSorted((a, b) => a.offset - b.offset)) {
      const place = placeAt(starts, offset);
      if (place.line !== line) shift = 0;
      line = place.line;
      const anchor = { line: line + linesBefore, sourceLine: line, sourceColumn: place.column };
      anchors.push({ ...anchor, column: place.column + shift, moves: false });
      shift += text.length;
      anchors.push({ ...anchor, column: place.column + shift, moves: true });
      pieces.push(this.#units.slice(from, offset).join(""), text);
      from = offset;
    }
    return { text: pieces.join("") + this.#units.slice(from).join(""), anchors };
  }
}
