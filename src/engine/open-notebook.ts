import type { OpenOptions } from "../protocol/data.ts";
import type { TableInfo } from "../protocol/table-info.ts";
import { Database } from "./database.ts";
import { NotebookTables } from "./notebook-tables.ts";
import type { Disk } from "./store/folder.ts";
import { KeptTables } from "./store/kept-tables.ts";
import { infosOfKept } from "./table-index.ts";

/** A notebook that is open: the tables that are kept of it, and its database from the moment that something needs it. */
export class OpenNotebook {
  readonly #closing = new AbortController();
  #tables: Promise<NotebookTables> | null = null;

  private constructor(
    private readonly notebook: string,
    private readonly disk: Disk | null,
    private readonly kept: KeptTables,
    readonly truth: boolean,
    private readonly load: () => Promise<WebAssembly.Module>,
  ) {}

  /** Opens a notebook. `disk` is where its tables are kept, null where they cannot be; `load` gives DuckDB's compiled module. */
  static async open(
    notebook: string,
    { truth, writable }: OpenOptions,
    disk: Disk | null,
    load: () => Promise<WebAssembly.Module>,
  ): Promise<OpenNotebook> {
    const access = writable ? "write" : "read";
    const folder = (await disk?.open(notebook, access)) ?? null;
    try {
      return new OpenNotebook(notebook, disk, await KeptTables.open(folder, access), truth, load);
    } catch (error) {
      folder?.close();
      throw error;
    }
  }

  /** Aborted when it is closed. */
  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  /** Whether what is kept may be changed. */
  get writable(): boolean {
    return this.kept.writable;
  }

  /** Its tables; the first call starts its database. */
  tables(): Promise<NotebookTables> {
    this.#tables ??= this.#start().catch((error: unknown) => {
      this.#tables = null;
      throw error;
    });
    return this.#tables;
  }

  /** Lists its tables; that needs no database where none runs yet. */
  async list(): Promise<readonly TableInfo[]> {
    return this.#tables ? (await this.#tables).list() : infosOfKept(this.kept.tables);
  }

  /** Ends or begins the right to change what is kept; gives false where another tab changed it meanwhile, so that it must be opened anew. */
  async allow(writable: boolean): Promise<boolean> {
    if (writable === this.writable) return true;
    if (!writable) {
      await this.#freeze();
      return true;
    }
    const folder = (await this.disk?.open(this.notebook, "write")) ?? null;
    const unchanged = await this.kept.thaw(folder).catch(() => false);
    if (!unchanged) folder?.close();
    return unchanged;
  }

  /** Frees its memory; what is kept stays on disk. */
  async close(): Promise<void> {
    this.#closing.abort();
    const tables = await this.#tables?.catch(() => null);
    await this.#freeze();
    await tables?.database.close();
  }

  async #freeze(): Promise<void> {
    const tables = await this.#tables?.catch(() => null);
    await (tables ?? this.kept).freeze();
  }

  async #start(): Promise<NotebookTables> {
    return new NotebookTables(await Database.open(await this.load()), this.truth, this.kept);
  }
}
