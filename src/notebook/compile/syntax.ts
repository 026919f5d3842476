/** A node of a TypeScript syntax tree, whose kinds the parser's own types leave out. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** The node under `key`, or null. */
export function child(node: SyntaxNode, key: string): SyntaxNode | null {
  return isNode(node[key]) ? node[key] : null;
}

/** The nodes of the list under `key`; none where there is no list. */
export function list(node: SyntaxNode, key: string): readonly SyntaxNode[] {
  const value = node[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** All child nodes, in no promised order. */
export function children(node: SyntaxNode): SyntaxNode[] {
  return Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
