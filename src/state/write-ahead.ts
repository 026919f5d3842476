import type { Change } from "../notebook/document.ts";

interface Kept {
  readonly sequence: number;
  /** Null stands for a change that is not kept, for the sake of the numbers. */
  readonly changes: readonly (Change | null)[];
}

/**
 * Keeps the changes whose writing to IndexedDB has not ended where a value is kept at once (`localStorage`), so that a tab that dies in
 * that moment, or on a full disk, has lost none. Outputs are left out: they can be had again, and are large.
 */
export class WriteAhead {
  constructor(private readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem">) {}

  /** Keeps these changes of a notebook, which follow change `sequence` of its log, and forgets others of it. */
  keep(notebook: string, sequence: number, changes: readonly Change[]): void {
    const kept: Kept = { sequence, changes: changes.map(withoutOutputs) };
    if (kept.changes.every((change) => change === null)) return this.forget(notebook);
    try {
      this.storage.setItem(keyOf(notebook), JSON.stringify(kept));
    } catch {
      // No room, or no such storage: the log on disk is then the only copy, as it is a moment later anyway.
    }
  }

  /** What was kept of a notebook beyond change `sequence` of its log. */
  beyond(notebook: string, sequence: number): readonly Change[] {
    try {
      const text = this.storage.getItem(keyOf(notebook));
      if (text === null) return [];
      const kept = JSON.parse(text) as Kept;
      return kept.changes.slice(Math.max(0, sequence - kept.sequence)).filter((change) => change !== null);
    } catch {
      return [];
    }
  }

  /** Forgets what was kept of a notebook. */
  forget(notebook: string): void {
    try {
      this.storage.removeItem(keyOf(notebook));
    } catch {
      // Nothing is kept there.
    }
  }
}

function withoutOutputs(change: Change): Change | null {
  if (change.change === "set-outputs") return null;
  return change.change === "insert-cell" ? { ...change, cell: { ...change.cell, outputs: [] } } : change;
}

function keyOf(notebook: string): string {
  return `cohortbook.ahead.${notebook}`;
}
