import type { ImportDeclaration, Program } from "acorn";
import { importable } from "./built-ins.ts";
import { SourceError } from "./text.ts";

/** One import of a cell as a statement of the generated code, and where it stood. */
export interface CellImport {
  readonly code: string;
  readonly start: number;
  readonly end: number;
  /** Each name it gives the cell, with what it stands for: equal imports in two cells are one thing. */
  readonly names: ReadonlyMap<string, string>;
}

/** The imports of a program; a module that cannot be had is an error that names those that can. */
export function importsOf(program: Program): CellImport[] {
  return program.body.filter((statement) => statement.type === "ImportDeclaration").map(read);
}

/** Throws a SourceError where a cell may not import the module. */
export function checkImportable(module: unknown, offset: number): void {
  if (importable.includes(String(module))) return;
  const may = importable.map((name) => `"${name}"`).join(", ");
  throw new SourceError(`a cell may import ${may}, got ${JSON.stringify(module)}`, offset);
}

function read(statement: ImportDeclaration): CellImport {
  const module = String(statement.source.value);
  checkImportable(module, statement.source.start);
  const names = new Map<string, string>();
  const wanted: string[] = [];
  const picks: string[] = [];
  let whole: string | null = null;
  for (const specifier of statement.specifiers) {
    const local = specifier.local.name;
    if (specifier.type === "ImportNamespaceSpecifier") {
      whole = local;
      names.set(local, `${module}#*`);
      continue;
    }
    const imported = specifier.type === "ImportDefaultSpecifier" ? "default" : exportName(specifier.imported);
    names.set(local, `${module}#${imported}`);
    wanted.push(JSON.stringify(imported));
    picks.push(imported === local ? local : `${JSON.stringify(imported)}:${local}`);
  }
  const load = `await __import(${JSON.stringify(module)},[${wanted.join(",")}])`;
  const code = whole
    ? `const ${whole}=${load}${picks.length ? `,{${picks.join(",")}}=${whole}` : ""};`
    : `${picks.length ? `const {${picks.join(",")}}=` : ""}${load};`;
  return { code, start: statement.start, end: statement.end, names };
}

function exportName(
  node:
    | { readonly type: "Identifier"; readonly name: string }
    | { readonly type: "Literal"; readonly value?: unknown },
): string {
  return node.type === "Identifier" ? node.name : String(node.value);
}
