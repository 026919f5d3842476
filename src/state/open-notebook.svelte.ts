import type { Autosave } from "./autosave.svelte.ts";
import type { KernelClient } from "./kernel.svelte.ts";
import type { Notebook } from "./notebook.svelte.ts";
import type { Ownership } from "./ownership.svelte.ts";
import type { Runner } from "./runner.svelte.ts";
import type { Selection } from "./selection.svelte.ts";

/** The notebook that is open, and everything that lives as long as it is. */
export class OpenNotebook {
  constructor(
    readonly notebook: Notebook,
    readonly autosave: Autosave,
    readonly ownership: Ownership,
    readonly kernel: KernelClient,
    readonly runner: Runner,
    readonly selection: Selection,
  ) {}

  /** Whether another tab changes this notebook. */
  get readOnly(): boolean {
    return this.ownership.owner === "elsewhere";
  }

  /** Saves what waits and ends the kernel. */
  async close(): Promise<void> {
    this.kernel.close();
    await this.autosave.close();
    this.ownership.close();
  }
}
