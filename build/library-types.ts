import ts from "typescript";
import type { Plugin } from "vite";

const id = "virtual:library-types";
const entries = ["src/library/index.ts", "src/kernel/cell-globals.ts"];

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

/** The declarations of the entries and of every file of ours they reach, by path from the root. */
function declarations(): string {
  const files: Record<string, string> = {};
  const { config } = ts.readConfigFile("tsconfig.worker.json", (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ".");
  const program = ts.createProgram(entries, {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rewriteRelativeImportExtensions: false,
    allowImportingTsExtensions: true,
    outDir: "/",
    rootDir: ".",
  });
  program.emit(undefined, (path, text) => (files[path.replace(/^\//, "")] = text), undefined, true);
  return JSON.stringify(files);
}
