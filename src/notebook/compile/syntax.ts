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
export function children<Node extends { readonly type: string }>(node: Node): Node[] {
  const found: Node[] = [];
  for (const key in node) {
    const value: unknown = node[key];
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) found.push(item as unknown as Node);
    } else if (isNode(value)) found.push(value as unknown as Node);
  }
  return found;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
