import type { DatasetOptions } from "../protocol/data.ts";
import type { TableInfo } from "../protocol/table-info.ts";
import { addDataset } from "./add-dataset.ts";
import { commitDrafts } from "./commit-drafts.ts";
import type { Database } from "./database.ts";
import { DroppedTables } from "./dropped-tables.ts";
import { keepTable } from "./keep-table.ts";
import { PagedResults } from "./paged-results.ts";
import { Relations } from "./relations.ts";
import { renameTable } from "./rename-table.ts";
import { KeptTables } from "./store/kept-tables.ts";
import { LastRetype } from "./tables/last-retype.ts";
import { RowOrder } from "./tables/row-order.ts";
import { TableDraft } from "./table-draft.ts";
import { columnInfos, type TableMeta } from "./table-facts.ts";
import { TableIndex } from "./table-index.ts";

/** The tables of one notebook: those in its database, and those kept on disk that nobody needed yet. */
export class NotebookTables {
  /** Results of SQL cells that are read page by page. */
  readonly results: PagedResults;
  readonly relations: Relations;
  readonly order: RowOrder;
  readonly index: TableIndex;
  readonly retyped: LastRetype;
  readonly #dropped: DroppedTables;
  #line: Promise<unknown> = Promise.resolve();

  /** `truth`: whether the planted truth of sample data may exist here. `kept`: what is kept on disk; without it nothing is. */
  constructor(
    readonly database: Database,
    private readonly truth = true,
    readonly kept = KeptTables.none(),
  ) {
    this.results = new PagedResults(database);
    this.relations = new Relations(database);
    this.order = new RowOrder(database, (table) => {
      const found = this.index.find(table);
      return found.at === "database" ? found.table.oid : -1;
    });
    this.retyped = new LastRetype(database);
    this.index = new TableIndex(database, kept);
    this.#dropped = new DroppedTables(database, this.index, kept);
  }

  /** Every table, by name. */
  list(): TableInfo[] {
    return this.index.all().map((found) => this.index.info(found));
  }

  /** The table of that name, whatever its case; an unknown one is a RangeError. */
  describe(table: string): TableInfo {
    return this.index.info(this.index.find(table));
  }

  /** Sees to it that the table of that name is in the database, to be read by SQL; gives its name there. */
  async loaded(table: string): Promise<string> {
    await this.index.load(table);
    return this.describe(table).name;
  }

  /** Sees to it that the tables are in the database that a cell's SQL may read. */
  loadedFor(sql: string, signal?: AbortSignal): Promise<void> {
    return this.index.loadFor(sql, signal);
  }

  /** Sees to it that all tables are in the database. */
  allLoaded(): Promise<void> {
    return this.index.loadAll();
  }

  /** What is known of a table beside its rows: where it came from, and the roles of its columns. */
  meta(table: string): TableMeta {
    return this.index.meta(table);
  }

  /** Changes what is known of a table, here and, where it is kept, on disk. */
  updateMeta(table: string, change: Partial<TableMeta>): Promise<TableInfo> {
    return this.#inLine(async () => {
      await this.index.load(table);
      const found = this.index.find(table);
      if (found.at === "disk") throw new Error(`table "${table}" left the database meanwhile`);
      const meta = { ...found.facts.meta, ...change };
      const { source, rejected, notes } = meta;
      const { id } = found.facts;
      if (id !== null)
        await this.kept.change((tables) =>
          tables.map((kept) =>
            kept.id === id
              ? { ...kept, source, rejected, notes, columns: columnInfos(kept.columns, meta) }
              : kept,
          ),
        );
      return this.index.info(this.index.know(found.table.schema, found.table.name, { ...found.facts, meta }));
    });
  }

  /** Writes a table of the database to disk as it is now, in the place of what is kept under its name. Only tables of files are kept. */
  keep(table: string, meta: TableMeta): Promise<TableInfo> {
    return this.#inLine(() => keepTable(this.database, this.index, this.kept, table, meta));
  }

  /** Begins a table; `columnsSql` is the text between the brackets of CREATE TABLE. */
  async draft(columnsSql: string): Promise<TableDraft> {
    const file = await this.kept.newFile().catch((error: Error) => error);
    return new TableDraft(
      this.database,
      this.index.catalogue.hiddenName(),
      columnsSql,
      file,
      (table, drafts) =>
        this.#inLine(() => commitDrafts(this.database, this.index, this.kept, table, drafts)),
    );
  }

  /** Gives a table another name, and the table of its rejected rows with it; a RangeError where SQL does not take it or it is taken. */
  rename(table: string, name: string): Promise<TableInfo> {
    this.retyped.forget();
    return this.#inLine(() => renameTable(this.database, this.index, this.kept, table, name));
  }

  /** Deletes a table and the one of its rejected rows; gives what `restore` takes to have them back, until the next one is deleted. */
  drop(table: string): Promise<string> {
    this.retyped.forget();
    return this.#inLine(() => this.#dropped.drop(table));
  }

  /** Deletes a table for good. */
  remove(table: string): Promise<void> {
    return this.#inLine(() => this.#dropped.remove(table));
  }

  /** Brings back a table that was deleted. */
  restore(dropped: string): Promise<TableInfo> {
    return this.#inLine(() => this.#dropped.restore(dropped));
  }

  /** Lets others change what is kept; from here on it is only read. */
  async freeze(): Promise<void> {
    await this.#line;
    this.retyped.forget();
    await this.#dropped.purge();
    await this.kept.freeze();
  }

  /** Generates a sample dataset into a schema; tables of the same names there are replaced. */
  async addDataset(id: string, options: DatasetOptions, signal?: AbortSignal): Promise<string[]> {
    const { catalogue } = this.index;
    const placed = await addDataset(this.database, catalogue, id, options, this.truth, signal);
    this.index.knowAll(
      placed.map(({ schema, name, meta }) => ({ schema, name, facts: { meta, kept: "memory", id: null } })),
    );
    return placed.filter(({ truth }) => !truth).map(({ schema, name }) => catalogue.sqlName(schema, name));
  }

  /** One change of tables at a time. */
  #inLine<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#line.then(work);
    this.#line = result.catch(() => undefined);
    return result;
  }
}
