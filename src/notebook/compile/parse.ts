import { Parser, type Options, type Program } from "acorn";
import { tsPlugin } from "@sveltejs/acorn-typescript";
import { list, type SyntaxNode } from "./syntax.ts";
import { lineStarts, placeAt, skipTrivia, SourceError, wordAt } from "./text.ts";

const options: Options = {
  ecmaVersion: "latest",
  sourceType: "module",
  allowAwaitOutsideFunction: true,
  allowHashBang: false,
};
const TypeScript = Parser.extend(tsPlugin());

/** A parsed source: its tree, and the offset of an object literal that ends the source as its value, or null. */
export interface Parsed {
  readonly tree: SyntaxNode;
  readonly object: number | null;
}

/** The TypeScript syntax tree of a cell. Plain JavaScript that the TypeScript grammar misreads is read as JavaScript. */
export function parseTypeScript(source: string): Parsed {
  try {
    const tree = asNode(TypeScript.parse(source, options));
    const last = list(tree, "body").findLast(({ type }) => type !== "EmptyStatement");
    const withObject =
      last?.type === "BlockStatement" ? endingInObject(TypeScript, source, last.start) : null;
    return withObject ?? { tree, object: null };
  } catch (error) {
    // An object literal as the last expression reads as a block; `a ? (b) : c => d` reads as a typed arrow.
    const refusal = readable(error, source);
    for (const start of bracesBefore(source, refusal.offset)) {
      const parsed = endingInObject(TypeScript, source, start);
      if (parsed) return parsed;
    }
    const tree = attempt(() => asNode(Parser.parse(source, options)));
    if (tree) return { tree, object: null };
    throw refusal;
  }
}

/** The syntax tree of plain JavaScript; `object` is the offset of an object literal that ends it, or null. */
export function parseJavaScript(source: string, object: number | null): Program {
  const withObject = object === null ? null : endingInObject(Parser, source, object);
  if (withObject) return withObject.tree as unknown as Program;
  try {
    return Parser.parse(source, options);
  } catch (error) {
    throw readable(error, source);
  }
}

/** The syntax tree of the TypeScript expression that starts at `start`; what stands around it is not read. */
export function parseExpression(source: string, start: number): SyntaxNode {
  const kept = { ...options, preserveParens: true };
  try {
    return asNode(TypeScript.parseExpressionAt(source, start, kept));
  } catch (error) {
    const plain = attempt(() => asNode(Parser.parseExpressionAt(source, start, kept)));
    if (plain) return plain;
    throw readable(error, source);
  }
}

/** The program of the JavaScript expressions that start at these offsets. */
export function parseExpressions(source: string, starts: readonly number[]): Program {
  try {
    const body = starts.map((start) => {
      const expression = Parser.parseExpressionAt(source, start, options);
      return { type: "ExpressionStatement" as const, start, end: expression.end, expression };
    });
    return { type: "Program", start: 0, end: source.length, sourceType: "module", body };
  } catch (error) {
    throw readable(error, source);
  }
}

/** Whether a text can be the name of a variable. */
export function isVariableName(text: string): boolean {
  return wordAt(text, 0) === text && attempt(() => Parser.parse(`const ${text}=0`, options)) !== null;
}

/** The source read as statements and, from `start` to its end, one object literal; null where it is not that. */
function endingInObject(parser: typeof Parser, source: string, start: number): Parsed | null {
  const object = attempt(() => asNode(parser.parseExpressionAt(source, start, options)));
  if (object?.type !== "ObjectExpression") return null;
  let end = skipTrivia(source, object.end);
  if (source[end] === ";") end = skipTrivia(source, end + 1);
  if (end < source.length) return null;
  const before = attempt(() => asNode(parser.parse(source.slice(0, start), options)));
  if (!before) return null;
  const statement: SyntaxNode = { type: "ExpressionStatement", start, end: object.end, expression: object };
  return { tree: { ...before, body: [...list(before, "body"), statement] }, object: start };
}

/** Offsets of opening braces that start a line, from the last before `offset` upwards; a few are enough. */
function bracesBefore(source: string, offset: number): number[] {
  return [...source.slice(0, offset).matchAll(/^[^\S\n]*\{/gm)]
    .map((match) => match.index + match[0].length - 1)
    .reverse()
    .slice(0, 12);
}

function readable(error: unknown, source: string): SourceError {
  if (!(error instanceof SyntaxError)) throw error;
  const offset = Math.min((error as SyntaxError & { readonly pos?: number }).pos ?? 0, source.length);
  return new SourceError(message(error.message.replace(/ \(\d+:\d+\)$/, ""), source, offset), offset);
}

function message(text: string, source: string, offset: number): string {
  if (text !== "Unexpected token") return text;
  if (offset >= source.length) return "Unexpected end of the cell";
  const found = wordAt(source, offset) || String.fromCodePoint(source.codePointAt(offset)!);
  return /\s/.test(found)
    ? `Unexpected end of line ${placeAt(lineStarts(source), offset).line}`
    : `Unexpected "${found}"`;
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

function asNode(node: object): SyntaxNode {
  return node as SyntaxNode;
}
