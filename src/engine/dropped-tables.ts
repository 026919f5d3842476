import type { TableInfo } from "../protocol/table-info.ts";
import type { Database } from "./database.ts";
import { keepTable } from "./keep-table.ts";
import { identifier } from "./sql.ts";
import type { KeptTables } from "./store/kept-tables.ts";
import type { KeptTable } from "./store/manifest.ts";
import type { Found, TableIndex } from "./table-index.ts";

type InDatabase = Extract<Found, { at: "database" }>;

/** A table that was deleted: in the database under a name that nobody sees, where it was there, and in its file. */
interface DroppedTable {
  readonly hidden: { readonly found: InDatabase; readonly as: string } | null;
  readonly file: KeptTable | null;
  /** The kept table in whose place a cell had put it: that one is on disk alone since. */
  readonly covered: KeptTable | null;
}

/** What was deleted at once: a table, and the one of its rejected rows. */
interface Dropped {
  readonly id: string;
  readonly tables: readonly DroppedTable[];
}

/** Deletes tables, and brings back the one that was deleted last; the table of its rejected rows goes and comes with it. */
export class DroppedTables {
  #last: Dropped | null = null;

  constructor(
    private readonly database: Database,
    private readonly index: TableIndex,
    private readonly kept: KeptTables,
  ) {}

  /** Deletes a table; gives what `restore` takes. The one that was deleted before it is gone for good. */
  async drop(name: string): Promise<string> {
    const tables = await this.#takeAway(name);
    await this.purge();
    this.#last = { id: crypto.randomUUID(), tables };
    return this.#last.id;
  }

  /** Deletes a table for good; the one that was deleted last can still be had back. */
  async remove(name: string): Promise<void> {
    await this.#purge(await this.#takeAway(name));
  }

  /** Brings back a table with all that is known of it; under another name where its own was taken meanwhile. */
  async restore(id: string): Promise<TableInfo> {
    const [first, ...others] = this.#last?.id === id ? this.#last.tables : [];
    if (!first || !isThere(first))
      throw new RangeError("the table is gone: only the one that was deleted last can be had back");
    const back = [first, ...others.filter(isThere)].map((table) => ({
      ...table,
      name: this.#freeName(table),
    }));
    const files = back.flatMap(({ file, name }) => (file ? [{ ...file, name }] : []));
    if (files.length) await this.kept.change((tables) => [...tables, ...files]);
    this.#last = null;
    const listed: string[] = [];
    for (const table of back) listed.push(await this.#putBack(table, table.name));
    return this.index.info(this.index.find(listed[0]!));
  }

  /** Ends the way back to the table that was deleted last. */
  async purge(): Promise<void> {
    const last = this.#last;
    this.#last = null;
    await this.#purge(last?.tables ?? []);
  }

  async #purge(tables: readonly DroppedTable[]): Promise<void> {
    for (const { hidden, file } of tables) {
      if (hidden)
        this.database.run(`DROP TABLE IF EXISTS ${identifier(hidden.found.table.schema)}.${hidden.as}`);
      // What cannot be removed now is removed when the notebook is opened next.
      if (file) await this.kept.purge(file.id).catch(() => undefined);
    }
  }

  /** Takes a table and the one of its rejected rows off the lists. */
  async #takeAway(name: string): Promise<DroppedTable[]> {
    const found = this.index.find(name);
    const rejected = this.index.rejectedOf(found);
    const listed = (rejected ? [found, rejected] : [found]).map((each) => ({
      name: each.at === "disk" ? each.table.name : each.table.sqlName,
      file: this.#fileOf(each),
    }));
    const ids = listed.flatMap(({ file }) => file?.id ?? []);
    const stays = ids.length > 0 && (await this.kept.forget(ids));
    return listed.map(({ name, file }) => {
      const hidden = this.#takeOut(name);
      return { hidden, file: stays ? file : null, covered: this.index.uncover(name) };
    });
  }

  #fileOf(found: Found): KeptTable | null {
    const kept = found.at === "disk" ? found.table.id : found.facts.id;
    return this.kept.tables.find(({ id }) => id === kept) ?? null;
  }

  /** Hides a table that is in the database, with its rows as they are. */
  #takeOut(name: string): DroppedTable["hidden"] {
    const found = this.index.all().find((each) => each.at === "database" && each.table.sqlName === name);
    if (found?.at !== "database") return null;
    const { schema, name: own } = found.table;
    const as = this.index.catalogue.hiddenName();
    this.database.run(`ALTER TABLE ${identifier(schema)}.${identifier(own)} RENAME TO ${as}`);
    return { found, as };
  }

  #freeName({ hidden, file, covered }: DroppedTable): string {
    const own = hidden?.found.table.name ?? file!.name;
    return covered && this.index.cover(covered) ? own : this.index.freeName(own, hidden?.found.table.schema);
  }

  /** Puts a table back, its file being on the list again; gives its name as the page lists it. */
  async #putBack({ hidden, file }: DroppedTable, name: string): Promise<string> {
    if (!hidden) {
      this.index.unload(file!.id);
      return name;
    }
    const { schema } = hidden.found.table;
    this.database.run(`ALTER TABLE ${identifier(schema)}.${hidden.as} RENAME TO ${identifier(name)}`);
    const { facts } = hidden.found;
    const back = this.index.know(schema, name, file ? facts : { ...facts, id: null });
    const listed = this.index.info(back).name;
    // Its file had to be given up.
    if (!file && facts.id !== null) await keepTable(this.database, this.index, this.kept, listed, facts.meta);
    return listed;
  }
}

function isThere({ hidden, file }: DroppedTable): boolean {
  return hidden !== null || file !== null;
}
