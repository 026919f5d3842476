import type { OpenOptions } from "../protocol/data.ts";
import { OpenNotebook } from "./open-notebook.ts";
import type { Disk } from "./store/folder.ts";

/** As a notebook is opened that the page never opened: nobody said that it may hold the truth. */
const unsaid: OpenOptions = { truth: false, writable: true };

/** The notebooks that are open. One that is asked for and is not open is opened as it was last time. */
export class OpenNotebooks {
  readonly #opened = new Map<string, Promise<OpenNotebook>>();
  /** Those that were opened last and are not closed. */
  readonly #alive = new Map<string, OpenNotebook>();
  readonly #options = new Map<string, OpenOptions>();
  #disk: Promise<Disk | null> | null = null;
  #module: Promise<WebAssembly.Module> | null = null;

  /** `load` gives DuckDB's compiled module and `openDisk` the place where tables are kept; each is called when first needed. */
  constructor(
    private readonly load: () => Promise<WebAssembly.Module>,
    private readonly openDisk: () => Promise<Disk | null>,
  ) {}

  /**
   * Opens a notebook, or opens it anew where the options are not those of last time and what is open cannot be adapted. Before it may no
   * longer be changed, `changes` are awaited.
   */
  open(
    notebook: string,
    options: OpenOptions,
    changes: Promise<unknown> = Promise.resolve(),
  ): Promise<OpenNotebook> {
    const before = this.#options.get(notebook);
    const opened = this.#opened.get(notebook);
    if (opened && before?.truth === options.truth && before.writable === options.writable) return opened;
    this.#options.set(notebook, options);
    const result = this.#adapt(notebook, opened, options, changes);
    this.#opened.set(notebook, result);
    result.catch(() => {
      if (this.#opened.get(notebook) !== result) return;
      this.#opened.delete(notebook);
      const alive = this.#alive.get(notebook);
      if (!alive) return;
      // What is open goes on as it is.
      const { truth, writable } = alive;
      this.#opened.set(notebook, Promise.resolve(alive));
      this.#options.set(notebook, { truth, writable });
    });
    return result;
  }

  /** The notebook of that id. */
  get(notebook: string): Promise<OpenNotebook> {
    return this.open(notebook, this.#options.get(notebook) ?? unsaid);
  }

  /** Closes a notebook where it is open. */
  async close(notebook: string): Promise<void> {
    const opened = this.#opened.get(notebook);
    this.#opened.delete(notebook);
    await opened?.catch(() => null);
    await this.#alive.get(notebook)?.close();
  }

  /** Where tables are kept; null where they cannot be. */
  disk(): Promise<Disk | null> {
    this.#disk ??= this.openDisk();
    return this.#disk;
  }

  async #adapt(
    notebook: string,
    opened: Promise<OpenNotebook> | undefined,
    options: OpenOptions,
    changes: Promise<unknown>,
  ): Promise<OpenNotebook> {
    await opened?.catch(() => null);
    const before = this.#alive.get(notebook);
    if (before && !options.writable) await changes;
    if (before?.truth === options.truth && (await before.allow(options.writable))) return before;
    await before?.close();
    const after = await OpenNotebook.open(notebook, options, await this.disk(), () => this.#compiled());
    this.#alive.set(notebook, after);
    after.closed.addEventListener("abort", () => this.#alive.delete(notebook));
    return after;
  }

  #compiled(): Promise<WebAssembly.Module> {
    this.#module ??= this.load().catch((error: unknown) => {
      this.#module = null;
      throw error;
    });
    return this.#module;
  }
}
