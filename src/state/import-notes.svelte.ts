import { SvelteMap } from "svelte/reactivity";
import type { ImportFile, ImportNote } from "../protocol/import.ts";

/** What is known of the import of a table: what was noted, and the files that were joined in it, if any were. */
export interface Noted {
  readonly notes: readonly ImportNote[];
  readonly joined: readonly ImportFile[];
}

const nothing: Noted = { notes: [], joined: [] };

/** What is known of the import of each table, for as long as the tab lives: under its name, whatever that becomes. */
export class ImportNotes {
  readonly #noted = new SvelteMap<string, Noted>();

  of(notebook: string, table: string): Noted {
    return this.#noted.get(key(notebook, table)) ?? nothing;
  }

  set(notebook: string, table: string, noted: Noted): void {
    this.#noted.set(key(notebook, table), noted);
  }

  rename(notebook: string, table: string, to: string): void {
    this.set(notebook, to, this.take(notebook, table));
  }

  /** Takes away what is known of a table, and gives it. */
  take(notebook: string, table: string): Noted {
    const noted = this.of(notebook, table);
    this.#noted.delete(key(notebook, table));
    return noted;
  }
}

function key(notebook: string, table: string): string {
  return JSON.stringify([notebook, table]);
}
