import type { OpenNotebook } from "./open-notebook.svelte.ts";

/** A notebook that another one took the place of, and what went with its kernel. */
export interface Left {
  readonly id: string;
  readonly title: string;
  readonly variables: number;
  /** Whether a cell was running. */
  readonly running: boolean;
}

/** What goes with the kernel of a notebook if it is left now. */
export function leftOf({ notebook, runner }: OpenNotebook): Left {
  const { id, title } = notebook.document;
  return { id, title, variables: runner.variables, running: runner.running !== null };
}
