import type { AnyNode, Identifier, Pattern, VariableDeclaration } from "acorn";
import { children } from "./syntax.ts";

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
  const found: Identifier[] = [];
  const visit = (node: AnyNode): void => {
    if (apart.test(node.type)) return;
    if (node.type === "VariableDeclaration" && node.kind === "var") found.push(...variablesOf(node));
    for (const inner of children(node)) visit(inner);
  };
  for (const node of body) visit(node);
  return found;
}

/** Where no `var` of the scope around can stand. */
const apart = /Function|StaticBlock|Expression$|Literal$|Identifier/;

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
