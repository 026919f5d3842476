import type { Patch } from "./patch.ts";
import { child, list, type SyntaxNode } from "./syntax.ts";
import { breaksLine, skipTrivia } from "./text.ts";

/** Blanks what only TypeScript has in a function: a `this` parameter, and line ends in the types of an arrow's head. */
export function eraseFunction(patch: Patch, node: SyntaxNode): void {
  const [first, second] = list(node, "params");
  if (first?.name === "this") {
    const after = skipTrivia(patch.source, first.end);
    patch.blank(first.start, second?.start ?? (patch.source[after] === "," ? after + 1 : first.end));
  }
  if (node.type === "ArrowFunctionExpression") keepHeadOnLine(patch, node);
}

/** Blanks the `?` or `!` that follows at `offset`, if one does. */
export function eraseOptional(patch: Patch, offset: number): void {
  const mark = skipTrivia(patch.source, offset);
  if (patch.source[mark] === "?" || patch.source[mark] === "!") patch.blank(mark, mark + 1);
}

/**
 * An arrow's head may not break the line before `(` after `async` or `return`, nor before `=>`. Where its types do, the parenthesis
 * moves to the far side of them.
 */
function keepHeadOnLine(patch: Patch, node: SyntaxNode): void {
  const { source } = patch;
  const generics = child(node, "typeParameters");
  if (generics) {
    const open = skipTrivia(source, generics.end);
    if (breaksLine(source, generics.start, open)) {
      patch.blank(open, open + 1);
      patch.blank(generics.start, generics.end);
      patch.put(generics.start, "(");
    }
  }
  const result = child(node, "returnType");
  if (result && breaksLine(source, result.start, result.end)) {
    patch.blank(result.start, result.end);
    patch.put(result.end - 1, ")");
    patch.blank(closingParenthesis(source, node), closingParenthesis(source, node) + 1);
  }
}

function closingParenthesis(source: string, arrow: SyntaxNode): number {
  const last = list(arrow, "params").at(-1);
  if (last) {
    const after = skipTrivia(source, last.end);
    return source[after] === "," ? skipTrivia(source, after + 1) : after;
  }
  return source.lastIndexOf(")", child(arrow, "returnType")!.start);
}
