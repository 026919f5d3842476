import type { RunRequest } from "../protocol/kernel.ts";
import type { BuiltIns } from "./built-ins.ts";
import { importModule } from "./modules.ts";
import type { SqlCell } from "./sql-cell.ts";

/** What the code of a cell gives: the value of its last expression, and the names it defines. */
interface Evaluated {
  readonly value: unknown;
  readonly exports: Readonly<Record<string, unknown>>;
}

/** Runs the code of a cell with the names it takes, and awaits its last value where that is a promise, so that no failure goes unseen. A name that no cell has defined yet is a ReferenceError. */
export async function evaluate(
  request: RunRequest,
  variables: ReadonlyMap<string, unknown>,
  builtIns: BuiltIns,
  query: SqlCell,
  importText: (code: string) => Promise<{ readonly default: unknown }>,
): Promise<Evaluated> {
  const { signal } = builtIns;
  const inputs: Record<string, unknown> = {
    __query: query,
    async __import(specifier: string, names?: readonly string[]) {
      const module = await importModule(specifier, names);
      signal.throwIfAborted();
      return module;
    },
  };
  for (const name of request.inputs) {
    if (variables.has(name)) inputs[name] = variables.get(name);
    else if (Object.hasOwn(builtIns, name)) inputs[name] = builtIns[name as keyof BuiltIns];
    else throw new ReferenceError(`${name} is not defined`);
  }
  const module = await importText(request.code);
  // Stopped while it was read: its code must not begin, for nothing could end a loop in it.
  signal.throwIfAborted();
  const body = module.default as (inputs: Record<string, unknown>) => Promise<Evaluated>;
  const { value, exports } = await body(inputs);
  return { value: await value, exports };
}
