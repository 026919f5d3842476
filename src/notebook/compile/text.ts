/** A place in a text, line and column counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** What is wrong with a cell's source, and where: an offset in UTF-16 units. */
export class SourceError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

/** Offsets at which the lines of `text` start, with JavaScript's own line ends. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (const end of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(end.index + end[0].length);
  return starts;
}

/** The place of `offset` in the text whose lines start at `starts`. */
export function placeAt(starts: readonly number[], offset: number): Place {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low]! + 1 };
}

/** The first offset at or after `offset` that holds neither white space nor a comment. */
export function skipTrivia(source: string, offset: number): number {
  const trivia = /(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\/)*/y;
  trivia.lastIndex = offset;
  return offset + (trivia.exec(source)?.[0].length ?? 0);
}

/** The word that stands at `offset`, or "" where none does. */
export function wordAt(source: string, offset: number): string {
  const word = /[\p{ID_Start}$_][\p{ID_Continue}$]*/uy;
  word.lastIndex = offset;
  return word.exec(source)?.[0] ?? "";
}

/** Whether a line ends between two offsets. */
export function breaksLine(source: string, start: number, end: number): boolean {
  return /[\n\r\u2028\u2029]/.test(source.slice(start, end));
}
