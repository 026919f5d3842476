/** Whether this tab may change the open notebook, or another tab does. */
export type Owner = "here" | "elsewhere";

interface Request {
  readonly handOver: string;
}

/** Sees to it that one tab at a time changes a notebook: by a Web Lock, handed over on request. */
export class Ownership {
  owner = $state<Owner>("here");

  #release: (() => void) | null = null;
  #notebook: string | null = null;
  readonly #channel =
    typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("cohortbook.owner");

  /** `onhandover` is awaited before another tab gets the notebook: save there. `onlost` is called where one has taken it by force. */
  constructor(
    private readonly onhandover: () => Promise<void>,
    private readonly onlost: () => void,
  ) {
    this.#channel?.addEventListener("message", (event: MessageEvent<Request>) => {
      if (event.data.handOver === this.#notebook && this.owner === "here") void this.#handOver();
    });
  }

  /** Takes the notebook for this tab if no other has it. */
  async claim(notebook: string): Promise<void> {
    this.#notebook = notebook;
    this.#release?.();
    this.owner = (await this.#lock(notebook, { ifAvailable: true })) ? "here" : "elsewhere";
  }

  /**
   * Takes the notebook from the other tab: asks it to save first, and does not wait for ever. What this tab holds is older than what the
   * other saved, so it stays `elsewhere` until the notebook is opened anew.
   */
  async takeOver(): Promise<void> {
    const notebook = this.#notebook;
    if (notebook === null) return;
    this.#channel?.postMessage({ handOver: notebook } satisfies Request);
    for (let attempt = 0; attempt < 10; attempt++) {
      if (await this.#lock(notebook, { ifAvailable: true })) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (attempt === 9) await this.#lock(notebook, { steal: true });
    }
  }

  /** Lets go of the notebook. */
  close(): void {
    this.#notebook = null;
    this.#release?.();
    this.#channel?.close();
  }

  async #handOver(): Promise<void> {
    this.owner = "elsewhere";
    await this.onhandover();
    this.#release?.();
    this.#release = null;
  }

  /** Resolves with whether the lock was had; it is held until `#release`. */
  #lock(notebook: string, options: LockOptions): Promise<boolean> {
    if (!("locks" in navigator)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const held = navigator.locks.request(`cohortbook.notebook.${notebook}`, options, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise<void>((release) => (this.#release = release));
      });
      held.catch(() => {
        // Another tab took the lock by force.
        this.owner = "elsewhere";
        this.onlost();
      });
    });
  }
}
