import { SvelteMap } from "svelte/reactivity";
import type { ImportNote } from "../protocol/import.ts";

/** What was noted of each imported table, for as long as the tab lives: under its name, whatever that becomes. */
export class ImportNotes {
  readonly #notes = new SvelteMap<string, readonly ImportNote[]>();

  of(notebook: string, table: string): readonly ImportNote[] {
    return this.#notes.get(key(notebook, table)) ?? [];
  }

  set(notebook: string, table: string, notes: readonly ImportNote[]): void {
    this.#notes.set(key(notebook, table), notes);
  }

  rename(notebook: string, table: string, to: string): void {
    this.set(notebook, to, this.take(notebook, table));
  }

  /** Takes away what was noted of a table, and gives it. */
  take(notebook: string, table: string): readonly ImportNote[] {
    const notes = this.of(notebook, table);
    this.#notes.delete(key(notebook, table));
    return notes;
  }
}

function key(notebook: string, table: string): string {
  return JSON.stringify([notebook, table]);
}
