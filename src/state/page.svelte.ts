import { MediaQuery } from "svelte/reactivity";
import { newNotebook } from "../notebook/create.ts";
import type { NotebookDocument } from "../notebook/document.ts";
import { openLog } from "../notebook/history.ts";
import { Autosave } from "./autosave.svelte.ts";
import { Clock } from "./clock.svelte.ts";
import type { Tables } from "./data.svelte.ts";
import { DeletedNotebooks } from "./deleted-notebooks.ts";
import { KernelClient } from "./kernel.svelte.ts";
import { Layout } from "./layout.svelte.ts";
import { leftOf, type Left } from "./left.ts";
import { Notebook } from "./notebook.svelte.ts";
import { OpenNotebook } from "./open-notebook.svelte.ts";
import { Ownership } from "./ownership.svelte.ts";
import { Runner } from "./runner.svelte.ts";
import { machineRandom } from "./new-cell.ts";
import { Selection } from "./selection.svelte.ts";
import type { Settings } from "./settings.svelte.ts";
import { mayHoldTruth } from "./truth.ts";
import { Speed } from "./speed.svelte.ts";
import type { NotebookEntry, NotebookStore, StoredNotebook } from "./storage.ts";

/** Something that went wrong with a notebook as a whole. */
export type Trouble =
  | { readonly trouble: "storage"; readonly message: string }
  | { readonly trouble: "link"; readonly error: unknown }
  | { readonly trouble: "damaged"; readonly count: number }
  | { readonly trouble: "not-found" }
  | { readonly trouble: "database-died" };

/** How long a deleted notebook's tables stay on disk, in ms: longer than the offer to have it back. */
const forgetAfter = 60_000;

/** Everything the page holds: what was chosen, the list of notebooks, and the one that is open. */
export class Page {
  readonly clock = new Clock(100);
  readonly slowClock = new Clock(1000);
  readonly layout: Layout;
  readonly speed = new Speed(
    () =>
      new KernelClient(
        // It has no data: what it measures, it makes.
        async () => undefined,
        () => undefined,
      ),
  );
  /** All notebooks, the latest first. */
  notebooks = $state.raw<readonly NotebookEntry[]>([]);
  open = $state.raw<OpenNotebook | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  /** Called when another notebook has taken the place of one. */
  onleft: (left: Left) => void = () => undefined;
  /** Whether the page has opened what it was to open. */
  ready = $state(false);

  readonly #dark = new MediaQuery("prefers-color-scheme: dark");
  readonly #deleted = new DeletedNotebooks("locks" in navigator ? navigator.locks : undefined);
  /** Notebooks that were closed and are still being saved. */
  #unsaved: Readonly<Record<string, OpenNotebook>> = {};
  #opening: Promise<unknown> = Promise.resolve();

  constructor(
    readonly settings: Settings,
    readonly tables: Tables,
    private readonly store: NotebookStore,
    /** Called with the id of the notebook that is shown from here on. */
    private readonly onshow: (id: string) => void,
  ) {
    this.layout = new Layout(settings);
    this.tables.ondeath = () => {
      this.trouble = { trouble: "database-died" };
      // It holds a port to the database that died.
      void this.open?.kernel.restart();
    };
  }

  /** Whether the page is dark now. */
  get dark(): boolean {
    const { theme } = this.settings;
    return theme === "system" ? this.#dark.current : theme === "dark";
  }

  /** Reads the list of notebooks anew. */
  async refresh(): Promise<void> {
    try {
      this.notebooks = await this.store.list();
    } catch (error) {
      this.trouble = { trouble: "storage", message: messageOf(error) };
    }
  }

  /** Opens a stored notebook; gives whether there is one of that id. */
  show(id: string): Promise<boolean> {
    return this.#inLine(async () => {
      const load = (): Promise<StoredNotebook | null> =>
        this.store.load(id).catch((error: unknown) => {
          this.trouble = { trouble: "storage", message: messageOf(error) };
          return null;
        });
      const stored = (await this.#endSaving(id)) ?? (await load());
      if (!stored) return false;
      await this.#open(stored);
      return true;
    });
  }

  /** Stores a document as a new notebook and opens it. It runs nothing. */
  add(document: NotebookDocument): Promise<void> {
    return this.#inLine(async () => {
      const begun = { log: openLog(document), sequence: 0, ahead: [], lost: 0 };
      await this.store.create(document, Date.now()).then(
        () => this.#open(begun),
        // Then saving tries it again, and says why it fails.
        () => this.#open({ ...begun, unborn: document }),
      );
      await this.refresh();
    });
  }

  /** Makes a notebook of one empty cell and opens it. */
  async create(): Promise<void> {
    const document = newNotebook(machineRandom, "");
    await this.add(document);
    this.open?.selection.select(document.cells[0]!.id, "edit");
  }

  /** Opens the text of a notebook file as a new notebook; throws where it is none. */
  async openText(text: string, fileName: string): Promise<void> {
    const { readNotebook } = await import("../notebook/formats/read.ts");
    await this.add(readNotebook(text, fileName, machineRandom));
  }

  /** Opens the notebook that a link carries in its fragment; gives whether it carries one. */
  async openLink(fragment: string): Promise<boolean> {
    if (!fragment.startsWith("#notebook=")) return false;
    try {
      const { fromFragment } = await import("../notebook/formats/link.ts");
      const document = await fromFragment(fragment, machineRandom);
      if (document) await this.add(document);
      return document !== null;
    } catch (error) {
      this.trouble = { trouble: "link", error };
      return false;
    }
  }

  /** Deletes a notebook; gives the way to have it back. */
  remove(id: string): () => Promise<void> {
    const entry = this.notebooks.find((each) => each.id === id);
    this.notebooks = this.notebooks.filter((each) => each.id !== id);
    const wasOpen = this.open?.notebook.document.id === id;
    const held = this.#deleted.add(id).catch(() => () => undefined);
    const release = async (): Promise<void> => (await held)();
    const removed = this.#inLine(async () => {
      // Else another tab might take its tables for those of a notebook that is no more.
      await held;
      if (wasOpen) await this.#closeOpen();
      const stored = (await this.#endSaving(id)) ?? (await this.store.load(id));
      await this.store.remove(id);
      return stored;
    });
    const forgetting = setTimeout(() => {
      // What cannot be deleted now is deleted by the next `tidy`.
      const forgotten = this.tables.forget(id).catch(() => undefined);
      void forgotten.then(() => release());
    }, forgetAfter);

    if (wasOpen) void removed.then(() => this.#showLatest());
    return async () => {
      clearTimeout(forgetting);
      const stored = await removed;
      if (!stored || !entry) return;
      await this.store.create(stored.log.document, Date.now());
      await release();
      await this.refresh();
      if (wasOpen) await this.show(id);
    };
  }

  /** Takes the open notebook from the tab that changes it, as that tab left it. */
  async takeOver(): Promise<void> {
    const { open } = this;
    if (!open) return;
    await open.ownership.takeOver();
    await this.show(open.notebook.document.id);
  }

  /**
   * Says whether the open notebook may hold the planted truth of sample data: it takes a clean kernel, and sample data are made anew. Gives
   * whether that could be changed.
   */
  async setTruth(held: boolean): Promise<boolean> {
    const { open } = this;
    const may = await this.mayChangeTruth();
    if (may) open?.notebook.setMetadata("truth", held ? null : false);
    return may;
  }

  /** Whether the open notebook can have its database opened anew, once imports have ended: no imported table is in its memory alone. */
  async mayChangeTruth(): Promise<boolean> {
    const { open } = this;
    await this.tables.imports.ended();
    return open !== null && open === this.open && !open.readOnly && this.tables.onlyHere.length === 0;
  }

  /** The open notebook, once one that is being opened is. */
  async opened(): Promise<OpenNotebook> {
    await this.#opening;
    if (!this.open) throw new Error("no notebook is open");
    return this.open;
  }

  /** Writes what waits to be saved: called when the page is hidden or left. */
  async flush(): Promise<void> {
    await this.open?.autosave.flush();
  }

  /** Whether something could not be saved that would be lost if the tab ended now. */
  get atRisk(): boolean {
    return [this.open, ...Object.values(this.#unsaved)].some((each) => each?.autosave.atRisk);
  }

  /** Deletes what is kept of notebooks that are no more. */
  tidy(): Promise<void> {
    const stored = async (): Promise<string[]> => (await this.store.list()).map(({ id }) => id);
    return this.tables.keepOnly(async () => {
      const kept = await this.#deleted.and(stored);
      this.store.ahead.keepOnly(kept);
      return kept;
    });
  }

  async #showLatest(): Promise<void> {
    const next = this.notebooks[0];
    if (!next || !(await this.show(next.id))) await this.create();
  }

  async #open(stored: StoredNotebook): Promise<void> {
    const { id } = stored.log.document;
    const left = this.open?.notebook.document.id === id ? null : this.open && leftOf(this.open);
    await this.#closeOpen();
    let saving: Autosave | null = null;
    const ownership = new Ownership(
      async () => {
        await saving?.close();
        saving?.end();
        await this.tables.imports.cancelAll();
        await this.#release(id);
      },
      () => {
        saving?.end();
        void this.#release(id);
      },
    );
    await ownership.claim(id);
    const { log, sequence, ahead, lost, unborn } = await this.#newest(stored);
    const { document } = log;
    const notebook = new Notebook(log, (change) => {
      autosave.add(change);
      // The status of the database tells why it does not open.
      if (change.change === "set-metadata" && change.key === "truth")
        this.#reopenTables().catch(() => undefined);
    });
    const create = unborn
      ? async (): Promise<void> => {
          await this.store.create(unborn, Date.now());
          await this.refresh();
        }
      : null;
    const now = (): NotebookDocument => notebook.document;
    const autosave: Autosave = new Autosave(this.store, sequence, now, create);
    saving = autosave;
    if (ownership.owner === "here") autosave.recover(ahead);
    const kernel = new KernelClient(
      (port) => this.tables.connect(document.id, port),
      (cell, output) => runner.show(cell, output),
    );
    const runner: Runner = new Runner(notebook, kernel);
    const selection = new Selection();
    const first = document.cells.find(({ kind }) => kind !== "markdown") ?? document.cells[0];
    selection.note(first?.id ?? null, "command");
    this.open = new OpenNotebook(notebook, autosave, ownership, kernel, runner, selection);
    this.trouble = lost > 0 ? { trouble: "damaged", count: lost } : null;
    this.ready = true;
    this.onshow(document.id);
    void this.#openTables(this.open);
    if (left) this.onleft(left);
  }

  #openTables({ notebook, readOnly }: OpenNotebook): Promise<void> {
    const truth = mayHoldTruth(notebook.document);
    return this.tables.open(notebook.document.id, { truth, writable: !readOnly });
  }

  /** Opens the tables anew, as the document says now, with a kernel that knows none of the old ones. */
  #reopenTables(): Promise<void> {
    const { open } = this;
    return this.#inLine(async () => {
      await this.tables.imports.ended();
      if (!open || open !== this.open) return;
      open.kernel.close();
      await this.#openTables(open);
      await open.runner.restart();
    });
  }

  /** The notebook as it is now that it was claimed: whoever had it may have written since. */
  async #newest(stored: StoredNotebook): Promise<StoredNotebook> {
    const { id } = stored.log.document;
    const sequence = await this.store.sequence(id).catch(() => stored.sequence);
    return sequence === stored.sequence ? stored : ((await this.store.load(id)) ?? stored);
  }

  async #closeOpen(): Promise<void> {
    const { open } = this;
    this.open = null;
    if (!open) return;
    const { id } = open.notebook.document;
    await open.close();
    if (!open.autosave.over) this.#unsaved = { ...this.#unsaved, [id]: open };
    void this.#release(id);
  }

  /** Has what is still being saved of a notebook written now, before it is read again; gives the notebook where that cannot be done. */
  async #endSaving(id: string): Promise<StoredNotebook | null> {
    const { [id]: left, ...others } = this.#unsaved;
    if (!left) return null;
    this.#unsaved = others;
    const { autosave, notebook } = left;
    await autosave.close();
    const { atRisk, rest } = autosave;
    autosave.end();
    if (!atRisk) return null;
    const { log } = notebook;
    return rest
      ? { log, lost: 0, ...rest }
      : { log, lost: 0, sequence: 0, ahead: [], unborn: notebook.document };
  }

  /** Lets other tabs have the tables; a database that does not answer has none to be let go of. */
  async #release(notebook: string): Promise<void> {
    await this.tables.release(notebook).catch(() => undefined);
  }

  /** One notebook is opened at a time. */
  #inLine<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#opening.then(work);
    this.#opening = result.catch(() => undefined);
    return result;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
