import { parseStack } from "../../../src/core/stack.ts";
import { compileCell } from "../../../src/notebook/compile/compile-cell.ts";
import { newCell } from "../../../src/notebook/create.ts";
import type { CompiledCell } from "../../../src/notebook/compile/compiled.ts";
import { mapError } from "../../../src/notebook/compile/positions.ts";
import type { CellError } from "../../../src/protocol/output.ts";

interface Ran {
  readonly value: unknown;
  readonly exports: Readonly<Record<string, unknown>>;
}

type Module = {
  readonly default: (inputs: Record<string, unknown>) => Promise<Ran>;
};

/** Compiles a cell; a failure to compile is thrown. */
export function compiled(source: string, known: readonly string[] = []): CompiledCell {
  const result = compileCell(newCell("one", "code", source), new Set(known));
  if (result.state === "failed")
    throw new Error(`${result.error.message} ${JSON.stringify(result.error.frames)}`);
  return result.compiled;
}

/** The error a cell fails to compile with. */
export function refusal(source: string, known: readonly string[] = []): CellError {
  const result = compileCell(newCell("one", "code", source), new Set(known));
  if (result.state === "compiled") throw new Error(`expected an error, got ${result.compiled.code}`);
  return result.error;
}

/** Compiles a cell and runs it, as the kernel does. */
export async function run(source: string, inputs: Record<string, unknown> = {}): Promise<Ran> {
  const { code } = compiled(source, Object.keys(inputs));
  const module = (await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
  )) as Module;
  return module.default({ __import: () => ({}), ...inputs });
}

/** Runs a cell that must throw; gives the name, the message and the places of its frames, as `name line:column`. */
export async function thrown(source: string, inputs: Record<string, unknown> = {}) {
  const error = await run(source, inputs).then(
    ({ value }) => Promise.reject(new Error(`expected the cell to throw, got ${String(value)}`)),
    (reason: unknown) => reason as Error,
  );
  const { name, message, stack = "" } = error;
  const mapped = mapError(
    { name, message, frames: parseStack(stack), stack },
    new Map([["one", compiled(source, Object.keys(inputs))]]),
  );
  return { name, message, frames: mapped.frames.map((at) => `${at.name ?? "cell"} ${at.line}:${at.column}`) };
}
