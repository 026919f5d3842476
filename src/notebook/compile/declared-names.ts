import type { AnyNode, Identifier, Pattern, VariableDeclaration } from "acorn";

/** Names a statement declares in the block it stands in. */
export function declaredBy(statement: AnyNode): Identifier[] {
  if (statement.type === "ExportNamedDeclaration")
    return statement.declaration ? declaredBy(statement.declaration) : [];
  if (statement.type === "ImportDeclaration") return statement.specifiers.map((specifier) => specifier.local);
  if (statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration")
    return statement.id ? [statement.id] : [];
  return statement.type === "VariableDeclaration" ? variablesOf(statement) : [];
}

/** Names that `var` declares anywhere below the statements, functions apart. */
export function hoistedVars(body: readonly AnyNode[]): Identifier[] {
  return body.flatMap((node): Identifier[] => {
    if (/Function/.test(node.type) || node.type === "StaticBlock") return [];
    const own = node.type === "VariableDeclaration" && node.kind === "var" ? variablesOf(node) : [];
    return [...own, ...hoistedVars(childrenOf(node))];
  });
}

/** Names one `const`, `let`, `var` or `using` declares. */
export function variablesOf(declaration: VariableDeclaration): Identifier[] {
  return declaration.declarations.flatMap((declarator) => patternNames(declarator.id));
}

/** Names a pattern binds or assigns to. */
export function patternNames(pattern: Pattern): Identifier[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        patternNames(property.type === "Property" ? property.value : property.argument),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => (element ? patternNames(element) : []));
    case "AssignmentPattern":
      return patternNames(pattern.left);
    case "RestElement":
      return patternNames(pattern.argument);
    case "MemberExpression":
      return [];
    default:
      return pattern satisfies never;
  }
}

/** The child nodes of a node. */
export function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node).flatMap((value: unknown) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
