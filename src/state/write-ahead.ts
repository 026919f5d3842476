import type { Change } from "../notebook/document.ts";

type Place = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** A change that was kept, with the tab that kept it. Null stands for one that is not kept, for the sake of the numbers. */
export interface Ahead {
  readonly writer: string;
  readonly change: Change | null;
}

/**
 * Keeps the changes whose writing to IndexedDB has not ended where a value is kept at once (`localStorage`), each under its number, so that a
 * tab that dies in that moment, or on a full disk, has lost none. Outputs are left out: they can be had again, and are large.
 */
export class WriteAhead {
  /** `writer` names the tab. */
  constructor(
    private readonly storage: Place,
    private readonly writer: string,
  ) {}

  /** Keeps the change of that number; gives whether all of it could be kept. */
  keep(notebook: string, number: number, change: Change): boolean {
    const kept = withoutOutputs(change);
    try {
      const ahead: Ahead = { writer: this.writer, change: kept };
      this.storage.setItem(prefixOf(notebook) + number, JSON.stringify(ahead));
      return kept === change;
    } catch {
      return false;
    }
  }

  /** Keeps these changes, which follow number `sequence`, in the place of all that was kept of the notebook. */
  replace(notebook: string, sequence: number, changes: readonly Change[]): boolean[] {
    const kept = changes.map((change, i) => this.keep(notebook, sequence + 1 + i, change));
    for (const number of this.all(notebook).keys())
      if (number <= sequence || number > sequence + changes.length) this.#remove(prefixOf(notebook) + number);
    return kept;
  }

  /** All that is kept of a notebook, by its number. */
  all(notebook: string): ReadonlyMap<number, Ahead> {
    const found = new Map<number, Ahead>();
    for (const key of this.#keys(prefixOf(notebook))) {
      const ahead = this.#read(key);
      if (ahead) found.set(Number(key.slice(prefixOf(notebook).length)), ahead);
    }
    return found;
  }

  /** Forgets the changes `from` to `to` where it was this tab that kept them. */
  forget(notebook: string, from: number, to: number): void {
    for (let number = from; number <= to; number++) {
      const key = prefixOf(notebook) + number;
      if (this.#read(key)?.writer === this.writer) this.#remove(key);
    }
  }

  /** Forgets what is kept of a notebook. */
  forgetAll(notebook: string): void {
    for (const key of this.#keys(prefixOf(notebook))) this.#remove(key);
  }

  /** Forgets what is kept of other notebooks than these. */
  keepOnly(notebooks: readonly string[]): void {
    const prefixes = notebooks.map(prefixOf);
    for (const key of this.#keys(start))
      if (!prefixes.some((prefix) => key.startsWith(prefix))) this.#remove(key);
  }

  #keys(prefix: string): string[] {
    try {
      const keys = Array.from({ length: this.storage.length }, (_, i) => this.storage.key(i));
      return keys.filter((key) => key !== null).filter((key) => key.startsWith(prefix));
    } catch {
      return [];
    }
  }

  /** What is kept under a key; null where it is nothing, or something else. */
  #read(key: string): Ahead | null {
    try {
      return JSON.parse(this.storage.getItem(key) ?? "null") as Ahead | null;
    } catch {
      return null;
    }
  }

  #remove(key: string): void {
    try {
      this.storage.removeItem(key);
    } catch {
      // Nothing is kept there.
    }
  }
}

/** The changes that follow number `sequence` without a gap, all kept by one tab. */
export function following(all: ReadonlyMap<number, Ahead>, sequence: number): readonly Change[] {
  const changes: Change[] = [];
  const writer = all.get(sequence + 1)?.writer;
  for (let number = sequence + 1; ; number++) {
    const ahead = all.get(number);
    if (!ahead || ahead.writer !== writer) return changes;
    if (ahead.change) changes.push(ahead.change);
  }
}

function withoutOutputs(change: Change): Change | null {
  if (change.change === "set-outputs") return null;
  if (change.change !== "insert-cell" || change.cell.outputs.length === 0) return change;
  return { ...change, cell: { ...change.cell, outputs: [] } };
}

const start = "cohortbook.ahead.";

function prefixOf(notebook: string): string {
  return `${start}${notebook}.`;
}
