import type { Change, NotebookDocument } from "../notebook/document.ts";
import type { NotebookStore, StoredNotebook } from "./storage.ts";

/** Whether what a person wrote is on disk, and if not, why. `at` is milliseconds since 1970. */
export type SavedState =
  | { readonly state: "saved"; readonly at: number }
  | { readonly state: "saving" }
  | { readonly state: "unsaved"; readonly why: "full" | "elsewhere" | "broken"; readonly message: string };

const retryPause = 5_000;
const changesPerSnapshot = 200;

interface Pending {
  readonly change: Change;
  /** Whether all of it is kept ahead. */
  readonly kept: boolean;
}

/**
 * Writes the changes of one notebook to the store at once, those made meanwhile together; what could not be written is kept and tried
 * again. Until they are written the store keeps them ahead, so that they outlive the tab.
 */
export class Autosave {
  status = $state.raw<SavedState>({ state: "saved", at: Date.now() });

  #pending: Pending[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> | null = null;
  #sinceSnapshot = 0;
  #ended = false;

  /** `sequence` is the number of the last change on disk; `create` stores what the changes follow, where the disk has nothing of it. */
  constructor(
    private readonly store: NotebookStore,
    private sequence: number,
    private readonly document: () => NotebookDocument,
    private create: (() => Promise<void>) | null = null,
  ) {
    if (create) this.#writeSoon();
  }

  /** Whether nothing is left to write, or nothing will be written any more. */
  get over(): boolean {
    return this.#ended || !(this.create || this.#pending.length > 0);
  }

  /** Whether something could not be written that would be lost if the tab ended now. */
  get atRisk(): boolean {
    return this.status.state === "unsaved" && !this.over && !this.#kept;
  }

  /** Number of the last change on disk and the changes that follow it, with which another can go on; null where the disk has nothing at all. */
  get rest(): Pick<StoredNotebook, "sequence" | "ahead"> | null {
    return this.create ? null : { sequence: this.sequence, ahead: this.#pending.map(({ change }) => change) };
  }

  /** Takes over the changes that a tab left ahead, and writes them: the notebook is this tab's. */
  recover(changes: readonly Change[]): void {
    const kept = this.store.ahead.replace(this.document().id, this.sequence, changes);
    this.#pending = changes.map((change, i) => ({ change, kept: kept[i]! }));
    if (changes.length > 0) this.#writeSoon();
  }

  /** Takes a change that was just made. */
  add(change: Change): void {
    if (this.#ended) return;
    const number = this.sequence + this.#pending.length + 1;
    // Another tab that has the notebook keeps what is its own.
    const kept = !this.#elsewhere && this.store.ahead.keep(this.document().id, number, change);
    this.#pending.push({ change, kept });
    if (this.status.state !== "unsaved" && this.#pending.length === 1) this.#writeSoon();
  }

  /** Writes what is waiting now; resolves when it is on disk, or when `status` says why it is not. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    while (!this.over) {
      this.#writing ??= this.#write().finally(() => (this.#writing = null));
      await this.#writing;
      if (this.status.state === "unsaved") return;
    }
    await this.#writing;
  }

  /** Writes what is waiting, and ends where all of the rest is kept for whoever opens the notebook next, or has no place any more; else it is tried again and again. */
  async close(): Promise<void> {
    await this.flush();
    if (this.#kept || this.#elsewhere) this.end();
  }

  /** Writes no more: another has the notebook. */
  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  /** Whether all that is not written yet is kept ahead. */
  get #kept(): boolean {
    return !this.create && this.#pending.every(({ kept }) => kept);
  }

  get #elsewhere(): boolean {
    return this.status.state === "unsaved" && this.status.why === "elsewhere";
  }

  /** Once per turn of the event loop: the changes of one keystroke are written together. */
  #writeSoon(): void {
    this.status = { state: "saving" };
    queueMicrotask(() => void this.flush());
  }

  async #write(): Promise<void> {
    const changes = this.#pending.map(({ change }) => change);
    const document = this.document();
    const entry = { id: document.id, title: document.title, updated: Date.now() };
    try {
      await this.create?.();
      this.create = null;
      await this.store.append(entry, this.sequence, changes);
    } catch (error) {
      this.#failed(error, entry.id);
      return;
    }
    this.store.ahead.forget(entry.id, this.sequence + 1, this.sequence + changes.length);
    this.sequence += changes.length;
    this.#pending = this.#pending.slice(changes.length);
    this.status = this.#pending.length ? { state: "saving" } : { state: "saved", at: Date.now() };
    await this.#snapshotNowAndThen(changes.length);
  }

  #failed(error: unknown, notebook: string): void {
    const why = reasonOf(error);
    this.status = { state: "unsaved", why, message: error instanceof Error ? error.message : String(error) };
    clearTimeout(this.#timer);
    // What follows the other tab's changes must not be taken for a part of them.
    if (why === "elsewhere")
      this.store.ahead.forget(notebook, this.sequence + 1, this.sequence + this.#pending.length);
    else if (!this.#ended) this.#timer = setTimeout(() => void this.flush(), retryPause);
  }

  /** A snapshot makes the next opening quick; where it cannot be written nothing is lost, and it is tried again. */
  async #snapshotNowAndThen(written: number): Promise<void> {
    this.#sinceSnapshot += written;
    // It holds the document as it is now, so it waits until every change of it is in the log.
    if (this.#sinceSnapshot < changesPerSnapshot || this.#pending.length > 0) return;
    const stored = await this.store.snapshot(this.document(), this.sequence).then(
      () => true,
      () => false,
    );
    if (stored) this.#sinceSnapshot = 0;
  }
}

function reasonOf(error: unknown): "full" | "elsewhere" | "broken" {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  if (name === "QuotaExceededError") return "full";
  return name === "ConstraintError" ? "elsewhere" : "broken";
}
