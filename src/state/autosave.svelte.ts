import type { Change, NotebookDocument } from "../notebook/document.ts";
import type { NotebookStore } from "./storage.ts";

/** Whether what a person wrote is on disk, and if not, why. `at` is milliseconds since 1970. */
export type SavedState =
  | { readonly state: "saved"; readonly at: number }
  | { readonly state: "saving" }
  | { readonly state: "unsaved"; readonly why: "full" | "elsewhere" | "broken"; readonly message: string };

const retryPause = 5_000;
const changesPerSnapshot = 200;

/**
 * Writes the changes of one notebook to the store at once, those made meanwhile together; what could not be written is kept and tried
 * again. Until they are written the store keeps them ahead, so that they outlive the tab.
 */
export class Autosave {
  status = $state.raw<SavedState>({ state: "saved", at: Date.now() });

  #pending: Change[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> | null = null;
  #sinceSnapshot = 0;
  #ended = false;

  constructor(
    private readonly store: NotebookStore,
    private sequence: number,
    private readonly document: () => NotebookDocument,
  ) {}

  /** Takes a change that was just made. */
  add(change: Change): void {
    this.#pending.push(change);
    this.#keepAhead();
    if (this.status.state === "unsaved") return;
    this.status = { state: "saving" };
    // Once per turn of the event loop: the changes of one keystroke are written together.
    if (this.#pending.length === 1) queueMicrotask(() => void this.flush());
  }

  /** Writes what is waiting now; resolves when it is on disk, or when `status` says why it is not. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    while (this.#pending.length > 0 && !this.#ended) {
      this.#writing ??= this.#write().finally(() => (this.#writing = null));
      await this.#writing;
      if (this.status.state === "unsaved") return;
    }
    await this.#writing;
  }

  /** Writes what is waiting, and then no more: what could not be written is kept ahead for whoever opens the notebook next. */
  async close(): Promise<void> {
    await this.flush();
    this.end();
  }

  /** Writes no more: another has the notebook. */
  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  async #write(): Promise<void> {
    const changes = this.#pending.slice();
    const document = this.document();
    const entry = { id: document.id, title: document.title, updated: Date.now() };
    try {
      await this.store.append(entry, this.sequence, changes);
      this.sequence += changes.length;
      this.#pending = this.#pending.slice(changes.length);
      this.#keepAhead();
      this.status = this.#pending.length ? { state: "saving" } : { state: "saved", at: Date.now() };
      await this.#snapshotNowAndThen(changes.length);
    } catch (error) {
      const why = reasonOf(error);
      this.status = {
        state: "unsaved",
        why,
        message: error instanceof Error ? error.message : String(error),
      };
      clearTimeout(this.#timer);
      if (why !== "elsewhere" && !this.#ended) this.#timer = setTimeout(() => void this.flush(), retryPause);
    }
  }

  #keepAhead(): void {
    const { status } = this;
    // Whoever has the notebook now keeps what is theirs.
    if (this.#ended || (status.state === "unsaved" && status.why === "elsewhere")) return;
    this.store.keepAhead(this.document().id, this.sequence, this.#pending);
  }

  async #snapshotNowAndThen(written: number): Promise<void> {
    this.#sinceSnapshot += written;
    // A snapshot holds the document as it is now, so it waits until every change of it is in the log.
    if (this.#sinceSnapshot < changesPerSnapshot || this.#pending.length > 0) return;
    this.#sinceSnapshot = 0;
    await this.store.snapshot(this.document(), this.sequence);
  }
}

function reasonOf(error: unknown): "full" | "elsewhere" | "broken" {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  if (name === "QuotaExceededError") return "full";
  return name === "ConstraintError" ? "elsewhere" : "broken";
}
