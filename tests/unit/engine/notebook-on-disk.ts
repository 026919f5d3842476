import { beforeAll, beforeEach } from "vitest";
import { tableToArrow } from "../../../src/data/arrow.ts";
import { Table } from "../../../src/data/table.ts";
import { Database } from "../../../src/engine/database.ts";
import { NotebookTables } from "../../../src/engine/notebook-tables.ts";
import { KeptTables } from "../../../src/engine/store/kept-tables.ts";
import type { KeptTable } from "../../../src/engine/store/manifest.ts";
import type { TableDraft } from "../../../src/engine/table-draft.ts";
import type { TableInfo } from "../../../src/protocol/table-info.ts";
import { MemoryDisk } from "./memory-disk.ts";
import { duckdbModule } from "./module.ts";

export const source = { kind: "file", files: ["people.csv"], bytes: 20, recognised: null } as const;

/** The tables of a notebook on a disk, as one tab after the other opens them; each test begins with an empty one. */
class NotebookOnDisk {
  disk!: MemoryDisk;
  tables!: NotebookTables;
  /** One for all tests, emptied for each, since a database takes long to start. */
  database!: Database;

  async begin(): Promise<void> {
    this.disk = new MemoryDisk();
    await this.#open();
  }

  /** What the next tab finds, after this one was killed. */
  async reload(): Promise<void> {
    this.disk = this.disk.switchedOn();
    await this.#open();
  }

  /** Imports a table of two columns, and its rejected rows where there are some. */
  async add(name: string, users: readonly string[], rejected = 0): Promise<TableInfo> {
    const draft = await this.tables.draft("user_id VARCHAR, n BIGINT");
    const half = Math.ceil(users.length / 2);
    for (const part of [users.slice(0, half), users.slice(half)])
      if (part.length) draft.insert(tableToArrow(Table.from({ u: part, n: part.map((_, i) => i) })));
    const notes = rejected ? [{ note: "rejected", count: rejected, table: null } as const] : [];
    const roles = new Map([["user_id", "user"]] as const);
    const table = { name, source, roles, notes: () => notes };
    return draft.commit(table, rejected ? await this.#rejects(rejected) : undefined);
  }

  async #rejects(count: number): Promise<TableDraft> {
    const rejects = await this.tables.draft(
      "file VARCHAR, line BIGINT, column_name VARCHAR, value VARCHAR, reason VARCHAR",
    );
    const rows = Array.from({ length: count }, (_, i) => i + 1);
    const texts = rows.map(() => "x");
    rejects.insert(
      tableToArrow(Table.from({ file: texts, line: rows, column_name: texts, value: texts, reason: texts })),
    );
    return rejects;
  }

  async users(name: string): Promise<unknown[]> {
    const rows = this.database.rows(`SELECT user_id FROM ${await this.tables.loaded(name)}`);
    return rows.map((row) => row.user_id);
  }

  /** Writes what is kept as versions did that knew no identities and no notes. */
  async forgetTies(): Promise<void> {
    await this.tables.kept.change((tables) =>
      tables.map(({ id, name, rows, bytes, columns, source }) => {
        return { id, name, rows, bytes, columns, source } as KeptTable;
      }),
    );
  }

  names(): string[] {
    return this.tables.list().map(({ name }) => name);
  }

  /** The files of rows there are. */
  rowFiles(): string[] {
    return this.disk.names("n").filter((name) => name.endsWith(".arrows"));
  }

  async #open(): Promise<void> {
    const tables = this.database.rows(
      "SELECT table_name AS name FROM duckdb_tables() WHERE schema_name = 'main'",
    );
    for (const { name } of tables) this.database.run(`DROP TABLE ${name as string}`);
    this.database.run("DROP SCHEMA IF EXISTS s CASCADE");
    const kept = await KeptTables.open(await this.disk.open("n", "write"), "write");
    this.tables = new NotebookTables(this.database, true, kept);
  }
}

/** A notebook on a disk, anew for each test of the file. */
export function notebookOnDisk(): NotebookOnDisk {
  const notebook = new NotebookOnDisk();
  beforeAll(async () => {
    notebook.database = await Database.open(await duckdbModule());
  });
  beforeEach(() => notebook.begin());
  return notebook;
}
