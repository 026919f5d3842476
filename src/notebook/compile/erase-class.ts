import { eraseOptional } from "./erase-function.ts";
import type { Patch } from "./patch.ts";
import { child, list, type SyntaxNode } from "./syntax.ts";
import { skipTrivia, SourceError, wordAt } from "./text.ts";

const modifiers = new Set(["public", "private", "protected", "readonly", "override", "abstract", "declare"]);

/** Blanks `abstract` and `implements …`, and sets the fields that parameter properties declare. */
export function eraseClass(patch: Patch, node: SyntaxNode): void {
  const { source } = patch;
  let keyword = node.start;
  if (node.abstract === true) {
    keyword = skipTrivia(source, keyword + "abstract".length);
    patch.blank(node.start, keyword);
  }
  const interfaces = list(node, "implements");
  if (interfaces.length) {
    const before =
      child(node, "superTypeParameters") ??
      child(node, "superClass") ??
      child(node, "typeParameters") ??
      child(node, "id");
    let offset = skipTrivia(source, before?.end ?? keyword + "class".length);
    while (wordAt(source, offset) !== "implements") offset = skipTrivia(source, offset + 1);
    patch.blank(offset, interfaces.at(-1)!.end);
  }
  for (const member of list(child(node, "body")!, "body"))
    if (member.kind === "constructor") setParameterProperties(patch, node, member);
}

/** Blanks the modifiers of a class member and the mark after its name. */
export function eraseMember(patch: Patch, node: SyntaxNode): void {
  const { source } = patch;
  const key = child(node, "key")!;
  if (node.accessor === true)
    throw new SourceError("a cell may not use `accessor`: write a getter and a setter", node.start);
  let offset = node.start;
  for (let word = wordAt(source, offset); word && offset < key.start; word = wordAt(source, offset)) {
    if (modifiers.has(word)) {
      patch.blank(offset, offset + word.length);
      // A field above without a semicolon must not go on here, as in `a = 1` before `public [b] = 2`.
      if (offset === node.start) patch.put(offset, ";");
    }
    offset = skipTrivia(source, offset + word.length);
  }
  if (node.optional === true || node.definite === true)
    eraseOptional(patch, node.computed === true ? skipTrivia(source, key.end) + 1 : key.end);
}

/** `constructor(private x: number)` sets `this.x` first thing, or right after `super(…)`. */
function setParameterProperties(patch: Patch, owner: SyntaxNode, member: SyntaxNode): void {
  const build = child(member, "value")!;
  const body = child(build, "body");
  const properties = list(build, "params").filter((parameter) => parameter.type === "TSParameterProperty");
  if (!body || !properties.length) return;
  const names = properties.map((property) => {
    const parameter = child(property, "parameter")!;
    return String((child(parameter, "left") ?? parameter).name);
  });
  const text = names.map((name) => `this.${name}=${name};`).join("");
  if (!child(owner, "superClass")) return patch.insert(body.start + 1, text);
  const base = list(body, "body").find((statement) => {
    const call = child(statement, "expression");
    return call?.type === "CallExpression" && child(call, "callee")?.type === "Super";
  });
  if (!base)
    throw new SourceError(
      "a parameter property needs `super(…)` as a statement of its constructor",
      properties[0]!.start,
    );
  patch.insert(base.end, `;${text}`);
}
