import { freeName } from "../core/free-name.ts";
import { pause } from "../core/pause.ts";
import type { TableInfo } from "../protocol/table-info.ts";
import { Catalogue, type DatabaseTable } from "./catalogue.ts";
import type { Database } from "./database.ts";
import { identifier } from "./sql.ts";
import type { KeptTables } from "./store/kept-tables.ts";
import type { KeptTable } from "./store/manifest.ts";
import {
  columnInfos,
  madeByQuery,
  metaOf,
  namedNotes,
  type TableFacts,
  type TableMeta,
} from "./table-facts.ts";

/** A table of a notebook: in the database, or on disk and not needed yet. */
export type Found =
  | { readonly at: "database"; readonly table: DatabaseTable; readonly facts: TableFacts }
  | { readonly at: "disk"; readonly table: KeptTable };

/** What SQL says, in lower case, that asks which tables there are, or names some by a value. */
const readsCatalogue =
  /\b(duckdb_\w+|information_schema|pg_\w+|sqlite_\w+|show|desc|describe|summarize|pragma\w*|query\w*)\b/;

/** The tables of a notebook, wherever they are; those on disk are put into the database when they are first needed. */
export class TableIndex {
  readonly catalogue: Catalogue;
  /** By the table's oid, so that a table that a cell put in the place of another is not taken for it. */
  readonly #facts = new Map<number, TableFacts>();
  readonly #loaded = new Set<string>();
  readonly #loading = new Map<string, Promise<void>>();
  readonly #unread = new Map<string, Error>();

  constructor(
    private readonly database: Database,
    private readonly kept: KeptTables,
  ) {
    this.catalogue = new Catalogue(database);
  }

  /** Every table: those without a schema of their own first, then by name. */
  all(): Found[] {
    const here = this.catalogue.tables().map((table): Found => this.#inDatabase(table));
    const waiting = this.#waiting().map((table): Found => ({ at: "disk", table }));
    const firstInSchema = here.findIndex((found) => found.at === "database" && found.table.schema !== "main");
    const own = firstInSchema < 0 ? here : here.slice(0, firstInSchema);
    const rest = here.slice(own.length);
    return [...[...own, ...waiting].sort((a, b) => (a.table.name < b.table.name ? -1 : 1)), ...rest];
  }

  /** The table of that name, as SQL has it or without its quotes, whatever its case; an unknown one is a RangeError. */
  find(name: string): Found {
    const wanted = String(name).toLowerCase();
    const all = this.all();
    const found =
      all.find((each) => nameOf(each).toLowerCase() === wanted) ??
      all.find((each) => plainNameOf(each).toLowerCase() === wanted);
    if (!found) throw new RangeError(`no table ${JSON.stringify(name)} in this notebook`);
    return found;
  }

  /** The table of a table's rejected rows; null where there is none. */
  rejectedOf(found: Found): Found | null {
    const identity = metaIn(found).rejected;
    if (identity === null) return null;
    return this.all().find((each) => metaIn(each).identity === identity) ?? null;
  }

  /** The name of every table. */
  names(): string[] {
    return this.all().map(nameOf);
  }

  /** What the page lists of a table. */
  info(found: Found): TableInfo {
    const rejects = this.rejectedOf(found);
    const rejected = rejects && nameOf(rejects);
    if (found.at === "disk") return infoOfKept(found.table, rejected);
    const { table, facts } = found;
    return {
      name: table.sqlName,
      rows: this.catalogue.count(table),
      columns: columnInfos(table.columns, facts.meta),
      source: facts.meta.source,
      kept: facts.kept,
      notes: namedNotes(facts.meta.notes, rejected),
      rejected,
    };
  }

  /** What is known of a table beside its rows. */
  meta(name: string): TableMeta {
    return metaIn(this.find(name));
  }

  /** Notes what is known of a table that is in the database. */
  know(schema: string, name: string, facts: TableFacts): Found {
    return this.knowAll([{ schema, name, facts }])[0]!;
  }

  /** The same for several tables; the catalogue is read once. */
  knowAll(
    known: readonly { readonly schema: string; readonly name: string; readonly facts: TableFacts }[],
  ): Found[] {
    const tables = this.catalogue.tables();
    return known.map(({ schema, name, facts }) => {
      const table = tables.find((each) => each.schema === schema && each.name === name)!;
      this.#facts.set(table.oid, facts);
      if (facts.id !== null) this.#loaded.add(facts.id);
      return { at: "database", table, facts };
    });
  }

  /** Notes that a kept table is on disk alone. */
  unload(id: string): void {
    this.#loaded.delete(id);
  }

  /** Has the kept table of that name on disk alone again, where nothing in the database is that table; gives it. */
  uncover(name: string): KeptTable | null {
    const table = this.kept.tables.find((each) => each.name === name && this.#loaded.has(each.id));
    if (!table || this.all().some((found) => found.at === "database" && found.facts.id === table.id))
      return null;
    this.#loaded.delete(table.id);
    return table;
  }

  /** Ends what `uncover` began; gives whether its place is free, as it was then, for another table. */
  cover({ id, name }: KeptTable): boolean {
    if (!this.#waiting().some((each) => each.id === id && each.name === name)) return false;
    if (this.#loading.has(id) || this.catalogue.names("main").has(name.toLowerCase())) return false;
    this.#loaded.add(id);
    return true;
  }

  /** The kept tables that SQL took out of the database, and put nothing in their place. */
  dropped(): KeptTable[] {
    const here = this.all();
    const names = this.catalogue.names("main");
    const isHere = (id: string): boolean =>
      here.some((found) => (found.at === "disk" ? found.table.id : found.facts.id) === id);
    return this.kept.tables.filter(({ id, name }) => !isHere(id) && !names.has(name.toLowerCase()));
  }

  /** `name`, or the nearest one to it that no table has, be it in the database or on disk, and that is not one of the engine's own. */
  freeName(wanted: string, schema = "main"): string {
    const name = /^cohortbook_/i.test(wanted) ? `table_${wanted}` : wanted;
    const taken = this.catalogue.names(schema);
    if (schema === "main") for (const kept of this.kept.tables) taken.add(kept.name.toLowerCase());
    return freeName(name, taken);
  }

  /** Puts a table into the database, where it is on disk; an Error where its file is damaged. */
  async load(name: string): Promise<void> {
    const found = this.find(name);
    if (found.at === "disk") await this.#load(found.table);
  }

  /** Puts the tables into the database that a cell's SQL may read: those it names, and all where it may reach others. */
  loadFor(sql: string, signal?: AbortSignal): Promise<void> {
    if (!this.#waiting().length) return Promise.resolve();
    const text = sql.toLowerCase();
    const reachesAll = readsCatalogue.test(text) || this.catalogue.hasViews();
    return this.loadAll(signal, ({ name }) => reachesAll || text.includes(name.toLowerCase()));
  }

  /** Puts all tables into the database that are wanted; one that could not be read is left out, and not tried again. */
  async loadAll(signal?: AbortSignal, isWanted: (table: KeptTable) => boolean = () => true): Promise<void> {
    for (const table of this.#waiting().filter(isWanted)) {
      if (this.#unread.has(table.id)) continue;
      await this.#load(table).catch(() => undefined);
      signal?.throwIfAborted();
    }
  }

  /** Why tables could not be put into the database. */
  get unread(): readonly string[] {
    return this.#waiting().flatMap(({ id }) => this.#unread.get(id)?.message ?? []);
  }

  #waiting(): KeptTable[] {
    return this.kept.tables.filter(({ id }) => !this.#loaded.has(id));
  }

  #inDatabase(table: DatabaseTable): Found {
    return { at: "database", table, facts: this.#facts.get(table.oid) ?? madeByQuery };
  }

  #load(table: KeptTable): Promise<void> {
    let loading = this.#loading.get(table.id);
    if (!loading) {
      loading = this.#read(table).finally(() => this.#loading.delete(table.id));
      this.#loading.set(table.id, loading);
    }
    return loading;
  }

  async #read(table: KeptTable): Promise<void> {
    const draft = this.catalogue.hiddenName();
    const columns = table.columns.map(({ name, sqlType }) => `${identifier(name)} ${sqlType}`);
    this.database.run(`CREATE TABLE main.${draft} (${columns.join(", ")})`);
    try {
      for await (const rows of this.kept.rows(table)) {
        this.database.insert("main", draft, rows, false);
        await pause();
      }
      const count = this.catalogue.count({ schema: "main", name: draft });
      if (count !== table.rows) throw new RangeError(`expected ${table.rows} rows, got ${count}`);
      // Meanwhile it may have been deleted.
      const kept = this.kept.tables.find(({ id }) => id === table.id);
      if (!kept) return;
      this.database.run(`ALTER TABLE main.${draft} RENAME TO ${identifier(kept.name)}`);
      this.know("main", kept.name, { meta: metaOf(kept), kept: "disk", id: kept.id });
    } catch (error) {
      const message = `table "${table.name}" could not be read from disk: ${(error as Error).message}`;
      const unread = new Error(message, { cause: error });
      this.#unread.set(table.id, unread);
      throw unread;
    } finally {
      this.database.run(`DROP TABLE IF EXISTS main.${draft}`);
    }
  }
}

/** What the page lists of a table that is on disk alone. */
function infoOfKept({ name, rows, columns, source, notes }: KeptTable, rejected: string | null): TableInfo {
  return { name, rows, columns, source, kept: "disk", notes: namedNotes(notes, rejected), rejected };
}

/** What the page lists of tables that are all on disk alone, by name. */
export function infosOfKept(tables: readonly KeptTable[]): TableInfo[] {
  return tables
    .map((table) => {
      const rejects = tables.find(({ identity }) => identity === table.rejected);
      return infoOfKept(table, rejects?.name ?? null);
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function metaIn(found: Found): TableMeta {
  return found.at === "disk" ? metaOf(found.table) : found.facts.meta;
}

function nameOf(found: Found): string {
  return found.at === "disk" ? found.table.name : found.table.sqlName;
}

function plainNameOf({ at, table }: Found): string {
  return at === "disk" || table.schema === "main" ? table.name : `${table.schema}.${table.name}`;
}
