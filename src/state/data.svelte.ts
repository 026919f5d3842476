import * as Comlink from "comlink";
import { freeName } from "../core/free-name.ts";
import type { DatasetCard } from "../data/dataset-description.ts";
import type { Role } from "../data/role.ts";
import type { DataEngine, OpenOptions } from "../protocol/data.ts";
import type { ColumnKind, DateOrder, ExportFormat, StorageState, TableInfo } from "../protocol/table-info.ts";
import type { Ask } from "./ask.ts";
import { DataWorker } from "./data-worker.ts";
import { diskUse } from "./disk-use.ts";
import { Imports } from "./imports.svelte.ts";

/** Whether the database runs. */
export type DataStatus =
  { readonly state: "off" | "starting" | "ready" } | { readonly state: "failed"; readonly message: string };

/** A table that was deleted, and the way to have it back. */
export interface DroppedTable {
  readonly name: string;
  /** Whether another table took its place. */
  readonly replaced: boolean;
  /** Null where another table was deleted since. */
  readonly restore: () => Promise<TableInfo | null>;
}

/** A column that lost values to another type, and the way to have it back as it was, until tables are changed next. */
export interface RetypedColumn {
  readonly table: string;
  readonly column: string;
  readonly restore: () => Promise<TableInfo>;
}

/** The tables of the open notebook: lists and changes them through the data worker. */
export class Tables {
  status = $state.raw<DataStatus>({ state: "off" });
  list = $state.raw<readonly TableInfo[]>([]);
  /** The sample datasets there are; none until the database runs. */
  datasets = $state.raw<readonly DatasetCard[]>([]);
  /** Where tables are kept; null until `measure` has asked. */
  storage = $state.raw<StorageState | null>(null);
  /** The table that was deleted last; null where none was, or it is back. */
  dropped = $state.raw<DroppedTable | null>(null);
  /** The column that lost values in the last change of tables; null where that lost none. */
  retyped = $state.raw<RetypedColumn | null>(null);
  readonly imports: Imports;

  /** Called when the database died; it is started anew when it is needed next. */
  ondeath: () => void = () => undefined;

  #notebook: string | null = null;
  #persisted = false;
  /** How each notebook was opened last. */
  #options: Readonly<Record<string, OpenOptions>> = {};
  readonly #worker: DataWorker;

  /** `start` makes the data worker; it is called on first need. `persist` asks the browser not to clear what is kept. */
  constructor(
    start: () => Worker,
    private readonly persist: () => Promise<unknown>,
  ) {
    this.#worker = new DataWorker(
      start,
      async (engine) => {
        const changed = (notebook: string): void => {
          if (notebook !== this.#notebook) return;
          this.retyped = null;
          void this.refresh();
        };
        await engine.watch(Comlink.proxy(changed));
        this.datasets = await engine.datasets();
      },
      () => this.ondeath(),
    );
    this.imports = new Imports(this.ask, () => this.#imported());
  }

  /** Imported tables that are in the memory of this tab alone: whatever closes the database loses them. */
  get onlyHere(): readonly TableInfo[] {
    return this.list.filter(({ source, kept }) => source.kind === "file" && kept !== "disk");
  }

  /** Shows the tables of this notebook from here on. */
  async open(notebook: string, options: OpenOptions): Promise<void> {
    this.#notebook = notebook;
    this.#options = { ...this.#options, [notebook]: { ...options } };
    this.list = [];
    this.dropped = null;
    this.retyped = null;
    this.imports.open(notebook);
    if (this.#worker.started) await this.refresh();
  }

  /** Lets other tabs change a notebook's tables, once imports have ended; here they can still be read. */
  async release(notebook: string): Promise<void> {
    const options = this.#options[notebook];
    await this.imports.ended();
    // Meanwhile it may have been opened again.
    if (!options?.writable || options !== this.#options[notebook]) return;
    this.#options = { ...this.#options, [notebook]: { ...options, writable: false } };
    if (this.#worker.started) await this.#ask(notebook, () => Promise.resolve());
  }

  /** Starts the database where it does not run yet, and lists the tables. */
  async refresh(): Promise<void> {
    const notebook = this.#notebook;
    if (notebook === null) return;
    const list = await this.#ask(notebook, (engine) => engine.tables(notebook));
    if (notebook === this.#notebook) this.list = list;
  }

  /** Asks the data worker; starts it where it does not run yet. */
  readonly ask: Ask = async (question, of) => {
    const notebook = of ?? this.#notebook;
    if (notebook === null) throw new Error("no notebook is open");
    return this.#ask(notebook, question);
  };

  /** Gives a notebook's tables to whoever holds the other end of the port. */
  async connect(notebook: string, port: MessagePort): Promise<void> {
    const connected = this.#ask(notebook, (engine) =>
      engine.connect(notebook, Comlink.transfer(port, [port])),
    );
    await connected.catch((error: unknown) => this.#failed(error));
    if (notebook === this.#notebook) await this.refresh();
  }

  /** Gives a column another type; `retyped` is the way back where it lost values. */
  async retype(table: string, column: string, kind: ColumnKind, order: DateOrder | null): Promise<void> {
    const { undo } = await this.#change((engine, notebook) =>
      engine.retype(notebook, table, column, kind, order),
    );
    if (undo === null) return;
    const restore = (): Promise<TableInfo> =>
      this.#change((engine, notebook) => engine.undoRetype(notebook, undo));
    this.retyped = { table, column, restore };
  }

  /** Gives a column a role; the column that had it loses it. */
  setRole(table: string, column: string, role: Role | null): Promise<TableInfo> {
    return this.#change((engine, notebook) => engine.setRoles(notebook, table, { [column]: role }));
  }

  rename(table: string, name: string): Promise<TableInfo> {
    return this.#change(async (engine, notebook) => {
      const renamed = await engine.rename(notebook, table, name);
      this.imports.renamed(notebook, table, renamed.name);
      return renamed;
    });
  }

  /** Deletes a table; it can be had back until another one is deleted. */
  async drop(name: string): Promise<DroppedTable> {
    const id = await this.#change((engine, notebook) => engine.dropTable(notebook, name));
    return this.#drop(name, id, null);
  }

  /** Puts a table in the place of another, under its name; that one can be had back, as a deleted one can. */
  async replace(name: string, by: string): Promise<DroppedTable> {
    const id = await this.#change((engine, notebook) => engine.dropTable(notebook, name));
    try {
      await this.rename(by, name);
    } catch (error) {
      await this.#change((engine, notebook) => engine.restoreTable(notebook, id));
      throw error;
    }
    return this.#drop(name, id, by);
  }

  /** Remembers a table that was deleted, and what took its place under its name. */
  #drop(name: string, id: string, by: string | null): DroppedTable {
    const notebook = this.#notebook;
    const dropped: DroppedTable = {
      name,
      replaced: by !== null,
      restore: async () => {
        if (this.dropped !== dropped) return null;
        this.dropped = null;
        try {
          if (by !== null) await this.#makeWay(name, by);
          return await this.#change((engine, notebook) => engine.restoreTable(notebook, id));
        } catch (error) {
          if (notebook === this.#notebook) this.dropped ??= dropped;
          throw error;
        }
      },
    };
    this.dropped = dropped;
    return dropped;
  }

  /** Frees a name: where a table has it, that one is called `other`, or the nearest to it that is free. */
  async #makeWay(name: string, other: string): Promise<void> {
    const table = this.list.find((each) => each.name.toLowerCase() === name.toLowerCase());
    const names = this.list.map((each) => each.name);
    if (table) await this.rename(table.name, freeName(other, names));
  }

  /** A table as a file; `progress` is called with the rows written so far. */
  export(table: string, format: ExportFormat, progress: (rows: number) => void): Promise<Blob> {
    const report = Comlink.proxy(progress);
    return this.ask((engine, notebook) => engine.exportTable(notebook, table, format, report));
  }

  /** Asks how much is kept, and how much room there is. */
  async measure(): Promise<void> {
    const storage = await this.ask((engine) => engine.storage());
    this.storage = { ...storage, used: await diskUse(navigator.storage) };
  }

  /** Deletes the tables of a notebook that is itself deleted. */
  async forget(notebook: string): Promise<void> {
    await this.#worker.ask((engine) => engine.forget(notebook));
  }

  /** Deletes the tables of notebooks that are no more; `notebooks` gives those that are. */
  async keepOnly(notebooks: () => Promise<readonly string[]>): Promise<void> {
    await this.#worker.ask(async (engine) => engine.keepOnly(await notebooks()));
  }

  #change: Ask = async (question, of) => {
    this.retyped = null;
    const answer = await this.ask(question, of);
    await this.refresh();
    return answer;
  };

  async #ask<Answer>(
    notebook: string,
    question: (engine: Comlink.Remote<DataEngine>, notebook: string) => Promise<Answer>,
  ): Promise<Answer> {
    const options = this.#options[notebook];
    if (!options) throw new Error("the notebook is not open");
    if (!this.#worker.started) this.status = { state: "starting" };
    // Where a database does not open the worker stays: it holds the tables of other notebooks, and the next call tries anew.
    await this.#worker
      .ask((engine) => engine.open(notebook, options))
      .catch((error: unknown) => this.#failed(error));
    if (this.status.state !== "ready") this.status = { state: "ready" };
    return this.#worker.ask((engine) => question(engine, notebook));
  }

  async #imported(): Promise<void> {
    await this.refresh();
    if (this.#persisted || !this.list.some(({ kept }) => kept === "disk")) return;
    this.#persisted = true;
    await this.persist().catch(() => undefined);
  }

  #failed(error: unknown): never {
    this.status = { state: "failed", message: (error as Error).message };
    throw error;
  }
}
