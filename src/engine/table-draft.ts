import type { Role } from "../data/role.ts";
import type { ImportNote } from "../protocol/import.ts";
import type { TableInfo, TableSource } from "../protocol/table-info.ts";
import type { Database } from "./database.ts";
import type { RowFileWriter } from "./store/row-file.ts";

/** What a draft becomes. */
export interface NewTable {
  /** The name it is to have; the nearest one that is legal and free is taken. */
  readonly name: string;
  readonly source: TableSource;
  /** By column. */
  readonly roles: ReadonlyMap<string, Role>;
  /** What is to be known of its import, now that it is called `name`. */
  readonly notes?: (name: string) => readonly ImportNote[];
}

/** Puts drafts in their places among the tables; gives the first one's. The second is that of its rejected rows. */
export type Commit = (table: NewTable, drafts: readonly TableDraft[]) => Promise<TableInfo>;

/**
 * A table on its way in. Its rows go into the database and, where tables are kept, into a file at the same time; until it is committed
 * nobody sees it, and wherever it is cut off nothing of it stays. A disk that is full or fails does not stop it: it then lives in memory.
 *
 *     const draft = await tables.draft("id BIGINT, name VARCHAR");
 *     try {
 *       draft.insert(arrowStream);
 *       return await draft.commit({ name: "people", source, roles: new Map([["id", "user"]]) }, rejected);
 *     } catch (error) {
 *       await draft.abort();
 *       throw error;
 *     }
 */
export class TableDraft {
  #file: RowFileWriter | null = null;
  #failure: unknown = null;
  #discarded: Promise<void> | null = null;

  constructor(
    private readonly database: Database,
    /** Its name in the schema `main` until it is committed. */
    readonly name: string,
    columnsSql: string,
    /** An empty file; null where tables are not kept, an Error where it could not be made. */
    file: RowFileWriter | Error | null,
    private readonly place: Commit,
  ) {
    if (file instanceof Error) this.#failure = file;
    else this.#file = file;
    database.run(`CREATE TABLE main.${name} (${columnsSql})`);
  }

  /** Adds rows: an Arrow IPC stream whose columns are those of the draft, in their order. */
  insert(rows: Uint8Array): void {
    this.database.insert("main", this.name, rows, false);
    try {
      this.#file?.write(rows);
    } catch (error) {
      this.#giveUpFile(error);
    }
  }

  /** Makes a table of it, and of `rejected` the table `<name>_rejected`: both or neither. */
  commit(table: NewTable, rejected?: TableDraft): Promise<TableInfo> {
    return this.place(table, rejected ? [this, rejected] : [this]);
  }

  /** Leaves nothing of it. */
  async abort(): Promise<void> {
    this.#giveUpFile(null);
    this.database.run(`DROP TABLE IF EXISTS main.${this.name}`);
    await this.#discarded;
  }

  /** Hands over the file of its rows, whole and safe; null where it has none. */
  async takeFile(): Promise<RowFileWriter | null> {
    try {
      this.#file?.finish();
    } catch (error) {
      this.#giveUpFile(error);
    }
    await this.#discarded;
    const file = this.#file;
    this.#file = null;
    return file;
  }

  /** What was thrown where its rows were to be written; null where nothing was. */
  get failure(): unknown {
    return this.#failure;
  }

  #giveUpFile(failure: unknown): void {
    this.#failure ??= failure;
    // What cannot be removed now is removed when the notebook is opened next.
    this.#discarded ??= this.#file?.discard().catch(() => undefined) ?? null;
    this.#file = null;
  }
}
