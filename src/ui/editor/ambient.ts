/** Modules a cell may import that bring no declarations with them. */
export const ambientModules = `declare module "@tensorflow/tfjs";\ndeclare module "d3";\n`;

const statement =
  /^[ \t]*import\s+(?!type\b)(?:(?<whole>[\w$]+)\s*,?\s*)?(?:\*\s*as\s+(?<space>[\w$]+)|\{(?<names>[^}]*)\})?\s*from\s*(?<module>"[^"\n]*"|'[^'\n]*');?/gm;

/**
 * A cell that imports is a module to TypeScript, which hides its names from the other cells. This gives its twin: the same source as a
 * script, each import a constant. Null where the cell imports nothing, and is a script already.
 */
export function moduleCell(source: string): string | null {
  if (!/^\s*(import|export)\b/m.test(source)) return null;
  return source
    .replace(statement, (...args) => asConstants(args.at(-1) as Imported))
    .replace(/^[ \t]*export\s+(?=const|let|function|class|async|interface|type)/gm, "");
}

/** What TypeScript is to know of the result of a SQL cell: a constant of the name it has. Null where it has none. */
export function resultCell(name: unknown): string | null {
  return typeof name === "string" && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
    ? `declare const ${name}: Awaited<ReturnType<typeof sql>>;`
    : null;
}

interface Imported {
  readonly whole?: string;
  readonly space?: string;
  readonly names?: string;
  readonly module: string;
}

function asConstants({ whole, space, names, module }: Imported): string {
  const value = `(await import(${module}))`;
  const parts = [
    whole === undefined ? [] : [`const ${whole} = ${value}.default;`],
    space === undefined ? [] : [`const ${space} = ${value};`],
    (names ?? "")
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "" && !name.startsWith("type "))
      .map((name) => {
        const [imported, local = imported] = name.split(/\s+as\s+/);
        return `const ${local} = ${value}.${imported}; type ${local} = import(${module}).${imported};`;
      }),
  ].flat();
  return parts.join(" ");
}
