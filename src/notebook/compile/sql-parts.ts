import { parseExpression } from "./parse.ts";
import type { SyntaxNode } from "./syntax.ts";
import { skipTrivia, SourceError } from "./text.ts";

/** A `${expression}` in a SQL text: from its `$` to after its `}`. */
export interface Hole {
  readonly start: number;
  readonly end: number;
  readonly expression: SyntaxNode;
}

/** What may hide a `${`: comments (`/*` may nest, and is read on its own), texts and names in quotes. */
const opaque =
  /--[^\n\r]*|(?<![\p{L}\p{N}_$])[eE]'(?:[^'\\]|\\[^]|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|(?<![\p{L}\p{N}_$])(?<tag>\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$)[^]*?(?:\k<tag>|$)/uy;

/**
 * The holes of a SQL text, in order. In a comment `${` is text like any other. In quotes it is a SourceError: a value stands for itself
 * and needs none, and `'$' || '{'` writes the two characters.
 */
export function holesOf(source: string): Hole[] {
  const holes: Hole[] = [];
  for (let i = 0; i < source.length;) {
    const hidden = hiddenLength(source, i);
    if (hidden > 0) {
      i += hidden;
    } else if (source.startsWith("${", i)) {
      const hole = holeAt(source, i);
      holes.push(hole);
      i = hole.end;
    } else i++;
  }
  return holes;
}

/** The length of the comment or quoted text that starts at `i`; 0 where none does. */
function hiddenLength(source: string, i: number): number {
  if (source.startsWith("/*", i)) return blockComment(source, i);
  opaque.lastIndex = i;
  const text = opaque.exec(source)?.[0] ?? "";
  const hole = text.startsWith("--") ? -1 : text.indexOf("${");
  if (hole >= 0)
    throw new SourceError("a value does not go inside quotes: write ${…} without them", i + hole);
  return text.length;
}

function blockComment(source: string, start: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = start;
  let depth = 0;
  for (let match = mark.exec(source); match; match = mark.exec(source)) {
    depth += match[0] === "/*" ? 1 : -1;
    if (depth === 0) return mark.lastIndex - start;
  }
  return source.length - start;
}

function holeAt(source: string, start: number): Hole {
  const first = skipTrivia(source, start + 2);
  if (source[first] === "}") throw new SourceError("expected a value between ${ and }", first);
  const expression = parseExpression(source, start + 2);
  const end = skipTrivia(source, expression.end);
  if (source[end] !== "}") throw new SourceError('expected "}" after the value', end);
  return { start, end: end + 1, expression };
}
