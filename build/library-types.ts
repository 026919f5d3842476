import { relative } from "node:path";
import ts from "typescript";
import type { Plugin } from "vite";

const id = "virtual:library-types";
const library = "src/library/index.ts";
const builtIns = "src/kernel/built-ins.ts";
const d3 = "src/kernel/d3.ts";

/** Gives the editor the declarations of all that a cell can name: path → text of a `.d.ts`, as one JSON file. */
export function libraryTypes(): Plugin {
  let serving = false;
  return {
    name: "cohortbook:library-types",
    configResolved(config) {
      serving = config.command === "serve";
    },
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load(source) {
      if (source !== `\0${id}`) return undefined;
      const url = serving
        ? JSON.stringify("/@library-types.json")
        : `import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: "asset", name: "library-types.json", source: declarations() })}`;
      return `export const libraryTypesUrl = ${url};`;
    },
    configureServer(server) {
      server.middlewares.use("/@library-types.json", (_request, response) => {
        response.setHeader("content-type", "application/json").end(declarations());
      });
    },
  };
}

/** The declarations of the entries and of every file they reach, by path from the root, and the modules and globals of a cell. */
function declarations(): string {
  const { config } = ts.readConfigFile("tsconfig.worker.json", (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ".");
  const program = ts.createProgram([library, builtIns, d3], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: "/",
    rootDir: ".",
  });
  const files: Record<string, string> = {};
  for (const source of program.getSourceFiles()) {
    const path = relative(".", source.fileName);
    if (source.isDeclarationFile && path.startsWith("node_modules/@types/d3-")) files[path] = source.text;
  }
  program.emit(undefined, (path, text) => (files[path.replace(/^\//, "")] = text), undefined, true);
  files["node_modules/cohortbook/index.d.ts"] = `export * from "../../${library}";\n`;
  files["node_modules/d3/index.d.ts"] = `export * from "../../${d3}";\n`;
  files["cell.d.ts"] = [
    ...builtInNames(program).map(
      (name) => `declare const ${name}: import("./${builtIns}").BuiltIns["${name}"];`,
    ),
    `declare module "@tensorflow/tfjs";`,
    "",
  ].join("\n");
  return JSON.stringify(files);
}

function builtInNames(program: ts.Program): string[] {
  const source = program.getSourceFile(builtIns);
  const found = source?.statements.find(
    (one) => ts.isInterfaceDeclaration(one) && one.name.text === "BuiltIns",
  );
  if (!found || !ts.isInterfaceDeclaration(found)) throw new Error(`${builtIns}: no interface BuiltIns`);
  return found.members.map((member) => (member.name as ts.Identifier).text);
}
