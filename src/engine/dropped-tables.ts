import type { TableInfo } from "../protocol/table-info.ts";
import type { Database } from "./database.ts";
import { keepTable } from "./keep-table.ts";
import { identifier } from "./sql.ts";
import type { KeptTables } from "./store/kept-tables.ts";
import type { KeptTable } from "./store/manifest.ts";
import { infoOfKept, type Found, type TableIndex } from "./table-index.ts";

type InDatabase = Extract<Found, { at: "database" }>;

/** A table that was deleted: in the database under a name that nobody sees, where it was there, and in its file. */
interface Dropped {
  readonly id: string;
  readonly hidden: { readonly found: InDatabase; readonly as: string } | null;
  readonly file: KeptTable | null;
  /** The kept table in whose place a cell had put it: that one is on disk alone since. */
  readonly covered: KeptTable | null;
}

/** Deletes tables, and brings back the one that was deleted last. */
export class DroppedTables {
  #last: Dropped | null = null;

  constructor(
    private readonly database: Database,
    private readonly index: TableIndex,
    private readonly kept: KeptTables,
  ) {}

  /** Deletes a table; gives what `restore` takes. The one that was deleted before it is gone for good. */
  async drop(name: string): Promise<string> {
    const found = this.index.find(name);
    const listed = found.at === "disk" ? found.table.name : found.table.sqlName;
    const kept = found.at === "disk" ? found.table.id : found.facts.id;
    const file = this.kept.tables.find(({ id }) => id === kept) ?? null;
    const stays = file !== null && (await this.kept.forget(file.id));
    await this.purge();
    const hidden = this.#takeOut(listed);
    const covered = this.index.uncover(listed);
    this.#last = { id: crypto.randomUUID(), hidden, file: stays ? file : null, covered };
    return this.#last.id;
  }

  /** Brings back a table with all that is known of it; under another name where its own was taken meanwhile. */
  async restore(id: string): Promise<TableInfo> {
    const last = this.#last;
    if (last?.id !== id || (!last.hidden && !last.file))
      throw new RangeError("the table is gone: only the one that was deleted last can be had back");
    const { hidden, file, covered } = last;
    const schema = hidden?.found.table.schema ?? "main";
    const own = hidden?.found.table.name ?? file!.name;
    const name = covered && this.index.cover(covered) ? own : this.index.freeName(own, schema);
    if (file) await this.kept.change((tables) => [...tables, { ...file, name }]);
    this.#last = null;
    if (!hidden) {
      this.index.unload(file!.id);
      return infoOfKept({ ...file!, name });
    }
    this.database.run(`ALTER TABLE ${identifier(schema)}.${hidden.as} RENAME TO ${identifier(name)}`);
    const { facts } = hidden.found;
    const back = this.index.know(schema, name, file ? facts : { ...facts, id: null });
    // Its file had to be given up.
    if (!file && facts.id !== null) return keepTable(this.database, this.index, this.kept, name, facts.meta);
    return this.index.info(back);
  }

  /** Ends the way back to the table that was deleted last. */
  async purge(): Promise<void> {
    const last = this.#last;
    this.#last = null;
    if (last?.hidden) {
      const { found, as } = last.hidden;
      this.database.run(`DROP TABLE IF EXISTS ${identifier(found.table.schema)}.${as}`);
    }
    // What cannot be removed now is removed when the notebook is opened next.
    if (last?.file) await this.kept.purge(last.file.id).catch(() => undefined);
  }

  /** Hides a table that is in the database, with its rows as they are. */
  #takeOut(name: string): Dropped["hidden"] {
    const found = this.index.all().find((each) => each.at === "database" && each.table.sqlName === name);
    if (found?.at !== "database") return null;
    const { schema, name: own } = found.table;
    const as = this.index.catalogue.hiddenName();
    this.database.run(`ALTER TABLE ${identifier(schema)}.${identifier(own)} RENAME TO ${as}`);
    return { found, as };
  }
}
