import * as Comlink from "comlink";
import type { DatasetCard } from "../data/dataset-description.ts";
import type { Role } from "../data/role.ts";
import type { DataEngine } from "../protocol/data.ts";
import type { ColumnKind, ExportFormat, StorageState, TableInfo } from "../protocol/table-info.ts";
import type { Ask } from "./ask.ts";
import { Imports } from "./imports.svelte.ts";

/** Whether the database runs. */
export type DataStatus =
  { readonly state: "off" | "starting" | "ready" } | { readonly state: "failed"; readonly message: string };

/** A table that was deleted, and the way to have it back. */
export interface DroppedTable {
  readonly name: string;
  /** Null where another table was deleted since. */
  readonly restore: () => Promise<TableInfo | null>;
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
  readonly imports: Imports;

  #notebook: string | null = null;
  #roles: Promise<unknown> = Promise.resolve();
  #engine: Promise<Comlink.Remote<DataEngine>> | null = null;

  /** `start` makes the data worker; it is called on first need. */
  constructor(private readonly start: () => Worker) {
    this.imports = new Imports(this.ask, () => this.refresh());
  }

  /** Shows the tables of this notebook from here on. */
  async open(notebook: string): Promise<void> {
    this.#notebook = notebook;
    this.list = [];
    this.dropped = null;
    this.imports.open(notebook);
    if (this.#engine) await this.refresh();
  }

  /** Starts the database where it does not run yet, and lists the tables. */
  async refresh(): Promise<void> {
    const notebook = this.#notebook;
    if (notebook === null) return;
    const engine = await this.#ready(notebook);
    const list = await engine.tables(notebook);
    if (notebook === this.#notebook) this.list = list;
  }

  /** Asks the data worker; starts it where it does not run yet. */
  readonly ask: Ask = async (question, of) => {
    const notebook = of ?? this.#notebook;
    if (notebook === null) throw new Error("no notebook is open");
    return question(await this.#ready(notebook), notebook);
  };

  /** Gives a notebook's tables to whoever holds the other end of the port. */
  async connect(notebook: string, port: MessagePort): Promise<void> {
    const engine = await this.#ready(notebook);
    await engine.connect(notebook, Comlink.transfer(port, [port]));
    if (notebook === this.#notebook) await this.refresh();
  }

  retype(table: string, column: string, kind: ColumnKind): Promise<TableInfo> {
    return this.#change((engine, notebook) => engine.retype(notebook, table, column, kind));
  }

  /** Gives a column a role, which another column that had it loses; after the roles that are being given. */
  setRole(table: string, column: string, role: Role | null): Promise<TableInfo> {
    const given = this.#roles.then(() => {
      const columns = this.list.find(({ name }) => name === table)?.columns ?? [];
      const others = columns.filter((each) => each.role !== null && each.role === role);
      const roles = { ...Object.fromEntries(others.map(({ name }) => [name, null])), [column]: role };
      return this.#change((engine, notebook) => engine.setRoles(notebook, table, roles));
    });
    this.#roles = given.catch(() => undefined);
    return given;
  }

  rename(table: string, name: string): Promise<TableInfo> {
    return this.#change((engine, notebook) => engine.rename(notebook, table, name));
  }

  /** Deletes a table; it can be had back until another one is deleted. */
  async drop(name: string): Promise<DroppedTable> {
    const id = await this.#change((engine, notebook) => engine.dropTable(notebook, name));
    const dropped: DroppedTable = {
      name,
      restore: async () => {
        if (this.dropped !== dropped) return null;
        this.dropped = null;
        return this.#change((engine, notebook) => engine.restoreTable(notebook, id));
      },
    };
    this.dropped = dropped;
    return dropped;
  }

  /** A table as a file; `progress` is called with the rows written so far. */
  export(table: string, format: ExportFormat, progress: (rows: number) => void): Promise<Blob> {
    const report = Comlink.proxy(progress);
    return this.ask((engine, notebook) => engine.exportTable(notebook, table, format, report));
  }

  /** Asks how much is kept, and how much room there is. */
  async measure(): Promise<void> {
    this.storage = await this.ask((engine) => engine.storage());
  }

  /** Forgets the tables of a notebook that is itself deleted. */
  async forget(notebook: string): Promise<void> {
    if (this.#engine) await (await this.#engine).close(notebook);
  }

  #change: Ask = async (question, of) => {
    const answer = await this.ask(question, of);
    await this.refresh();
    return answer;
  };

  async #ready(notebook: string): Promise<Comlink.Remote<DataEngine>> {
    this.#engine ??= this.#begin();
    const engine = await this.#engine;
    // The worker stays: it holds the tables of other notebooks, and the next call tries anew.
    await engine
      .open(notebook, { truth: true, writable: true })
      .catch((error: unknown) => this.#failed(error));
    if (this.status.state !== "ready") this.status = { state: "ready" };
    return engine;
  }

  async #begin(): Promise<Comlink.Remote<DataEngine>> {
    this.status = { state: "starting" };
    const worker = this.start();
    const broken = new Promise<never>((_, reject) => {
      worker.onerror = (event) => reject(new Error(event.message || "the data worker did not load"));
    });
    const engine = Comlink.wrap<DataEngine>(worker);
    const changed = Comlink.proxy((notebook: string) => {
      if (notebook === this.#notebook) void this.refresh();
    });
    await Promise.race([engine.watch(changed), broken]).catch((error: unknown) => {
      worker.terminate();
      this.#engine = null;
      this.#failed(error);
    });
    this.datasets = await engine.datasets();
    return engine;
  }

  #failed(error: unknown): never {
    this.status = { state: "failed", message: (error as Error).message };
    throw error;
  }
}
