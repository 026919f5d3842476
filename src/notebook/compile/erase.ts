import { eraseClass, eraseMember } from "./erase-class.ts";
import { eraseFunction, eraseOptional } from "./erase-function.ts";
import type { Patch } from "./patch.ts";
import { child, children, list, type SyntaxNode } from "./syntax.ts";
import { breaksLine, skipTrivia, SourceError, wordAt } from "./text.ts";

/** What a cell may not hold although TypeScript has it: it is more than types, so blanking it would change what runs. */
const refused: Readonly<Record<string, string>> = {
  TSEnumDeclaration: "a cell may not hold an enum: write `const Name = { A: 0, B: 1 } as const`",
  TSModuleDeclaration: "a cell may not hold a namespace: use an object or a class",
  TSImportEqualsDeclaration: 'a cell may not use `import x = …`: write `import { x } from "…"`',
  TSExportAssignment: "a cell may not use `export =`: its top-level names are shared as they are",
  Decorator: "a cell may not use decorators: call the function yourself",
};

/** Blanks the types of a tree in place, so that what is left is JavaScript with every line and column kept. */
export function eraseTypes(patch: Patch, tree: SyntaxNode): void {
  visit(patch, tree);
}

function visit(patch: Patch, node: SyntaxNode): void {
  if (vanishes(node)) return remove(patch, node);
  if (node.type in refused) throw new SourceError(refused[node.type]!, node.start);
  if (node.type === "TSTypeAnnotation" || /^TSTypeParameter(Declaration|Instantiation)$/.test(node.type))
    return patch.blank(node.start, node.end);
  for (const inner of children(node)) visit(patch, inner);
  for (const statement of list(node, "body")) separate(patch, statement);
  for (const statement of list(node, "consequent")) separate(patch, statement);
  eraseNode(patch, node);
}

/** Blanks what belongs to the node itself, its children done. */
function eraseNode(patch: Patch, node: SyntaxNode): void {
  switch (node.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return patch.blank(keywordAfter(patch.source, child(node, "expression")!.end), node.end);
    case "TSNonNullExpression":
      return patch.blank(node.end - 1, node.end);
    case "TSTypeAssertion":
      return eraseAssertion(patch, node);
    case "VariableDeclarator":
      return node.definite === true ? eraseOptional(patch, nameEnd(child(node, "id")!)) : undefined;
    case "ImportSpecifier":
      return isTypeOnly(node) ? eraseListed(patch, node) : undefined;
    case "Identifier":
      return node.optional === true ? eraseOptional(patch, nameEnd(node)) : undefined;
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return eraseFunction(patch, node);
    case "TSParameterProperty": {
      const parameter = child(node, "parameter")!;
      return patch.blank(node.start, (child(parameter, "left") ?? parameter).start);
    }
    case "ClassDeclaration":
    case "ClassExpression":
      return eraseClass(patch, node);
    case "MethodDefinition":
    case "PropertyDefinition":
      return eraseMember(patch, node);
  }
}

/** Whether the whole node is type and nothing else. */
function vanishes(node: SyntaxNode): boolean {
  switch (node.type) {
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSDeclareFunction":
    case "TSIndexSignature":
      return true;
    case "MethodDefinition":
      return node.abstract === true || child(node, "value")?.type === "TSDeclareMethod";
    case "PropertyDefinition":
      return node.abstract === true || node.declare === true;
    case "ImportDeclaration":
      return (
        node.importKind === "type" ||
        (list(node, "specifiers").length > 0 && list(node, "specifiers").every(isTypeOnly))
      );
    case "ExportNamedDeclaration": {
      const declaration = child(node, "declaration");
      return node.exportKind === "type" || (declaration !== null && vanishes(declaration));
    }
    default:
      return node.declare === true;
  }
}

/** Blanks a whole statement or member; a semicolon stays, so that its neighbours do not join. */
function remove(patch: Patch, node: SyntaxNode): void {
  patch.blank(node.start, node.end);
  patch.put(node.start, ";");
}

/** Keeps a statement or field that ended or began in a type apart from its neighbours, as the line end no longer does. */
function separate(patch: Patch, node: SyntaxNode): void {
  if (node.type !== "BlockStatement" && patch.blanked(node.end - 1)) patch.put(node.end - 1, ";");
  if (node.type === "ExpressionStatement" && patch.blanked(node.start)) patch.put(node.start, ";");
}

/** `<T>x`: a line end in the brackets is refused, for blanking could leave `return` alone on its line. */
function eraseAssertion(patch: Patch, node: SyntaxNode): void {
  const start = child(node, "expression")!.start;
  if (breaksLine(patch.source, node.start, start))
    throw new SourceError("a type in angle brackets may not break the line: write `x as T`", node.start);
  patch.blank(node.start, skipTrivia(patch.source, child(node, "typeAnnotation")!.end) + 1);
}

/** Blanks one of a list in braces, with the comma after it. */
function eraseListed(patch: Patch, node: SyntaxNode): void {
  const after = skipTrivia(patch.source, node.end);
  patch.blank(node.start, patch.source[after] === "," ? after + 1 : node.end);
}

function isTypeOnly(specifier: SyntaxNode): boolean {
  return specifier.importKind === "type";
}

/** The offset of the word `as` or `satisfies` after an expression, which may stand in parentheses. */
function keywordAfter(source: string, end: number): number {
  let offset = skipTrivia(source, end);
  while (wordAt(source, offset) === "") offset = skipTrivia(source, offset + 1);
  return offset;
}

function nameEnd(node: SyntaxNode): number {
  return typeof node.name === "string"
    ? node.start + node.name.length
    : (child(node, "typeAnnotation")?.start ?? node.end);
}
