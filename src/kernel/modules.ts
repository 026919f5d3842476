import { didYouMean } from "../core/nearest-name.ts";
import type { CellError } from "../protocol/output.ts";

/** What a cell may import, by name; each is loaded when a cell first asks for it. */
const modules = {
  cohortbook: () => import("../library/index.ts"),
  "@tensorflow/tfjs": async () => (await import("../compute/tf-namespace.ts")).loadTf(),
  d3: () => import("./d3.ts"),
} satisfies Record<string, () => Promise<object>>;

/** The module of that name; a name that it lacks, and an unknown module, are Errors that list the known ones. */
export async function importModule(specifier: string, names: readonly string[] = []): Promise<object> {
  if (!Object.hasOwn(modules, specifier))
    throw new Error(`cannot import "${specifier}": a cell can import ${Object.keys(modules).join(", ")}`);
  const module = await modules[specifier as keyof typeof modules]();
  for (const name of names)
    if (!(name in module)) throw new SyntaxError(`"${specifier}" has ${noExport(name, Object.keys(module))}`);
  return module;
}

function noExport(name: string, names: readonly string[]): string {
  return `no "${name}"${didYouMean(name, names)}; it has ${names.toSorted().join(", ")}`;
}

/** The error of a name that is not defined but could be imported says so. */
export async function withImport(error: CellError): Promise<CellError> {
  const name = error.name === "ReferenceError" && /^(\S+) is not defined$/.exec(error.message)?.[1];
  if (!name || !Object.hasOwn(await modules.cohortbook(), name)) return error;
  return { ...error, message: `${error.message}: import { ${name} } from "cohortbook" first` };
}
