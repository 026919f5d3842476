import type { Kept, TableInfo } from "../../protocol/table-info.ts";
import type { TableMeta } from "../table-facts.ts";
import { isFull, type Folder } from "./folder.ts";
import { manifestNumbers, readManifest, writeManifest, type KeptTable } from "./manifest.ts";
import { readRows, RowFileWriter, rowFileName } from "./row-file.ts";

/** Thrown where something kept is to be changed in a tab that may only read it. */
export class ReadOnly extends Error {
  constructor() {
    super("another tab changes this notebook's tables: here they can only be read");
  }
}

/**
 * The tables of a notebook that are there after a reload. Each change is a new manifest, written whole before anything that the last one
 * names is removed: whoever is cut off in the middle finds every table as it was before or after the change.
 */
export class KeptTables {
  #tables: readonly KeptTable[] = [];
  /** The number of the manifest that names the tables, and the highest in the folder. */
  #named = 0;
  #number = 0;
  #line: Promise<unknown> = Promise.resolve();

  #folder: Folder | null;
  #access: "read" | "write";

  private constructor(folder: Folder | null, access: "read" | "write") {
    this.#folder = folder;
    this.#access = access;
  }

  /** No tables, and no place to keep any. */
  static none(): KeptTables {
    return new KeptTables(null, "write");
  }

  /** The tables kept in a folder; without a folder there are none, and none can be kept. */
  static async open(folder: Folder | null, access: "read" | "write"): Promise<KeptTables> {
    const kept = new KeptTables(folder, access);
    await kept.#read();
    return kept;
  }

  /** Every table that is kept. */
  get tables(): readonly KeptTable[] {
    return this.#tables;
  }

  /** What is said of a table that was to be kept and is not; `failure` is what was thrown where it was tried. */
  unkept(failure: unknown): Exclude<Kept, "disk"> {
    if (!this.#folder) return "no-disk";
    if (!this.writable) return "memory";
    return isFull(failure) ? "disk-full" : { failed: (failure as Error).message };
  }

  /** Whether tables may be changed here. */
  get writable(): boolean {
    return this.#access === "write";
  }

  /** An empty file for a table's rows; null where tables cannot be kept. */
  async newFile(): Promise<RowFileWriter | null> {
    return this.#folder && this.writable ? RowFileWriter.create(this.#folder) : null;
  }

  /** The rows of a table: Arrow IPC streams. */
  rows(table: KeptTable): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    return readRows(this.#folder!, table);
  }

  /** Changes the list of tables, and keeps the new one; where that fails, the list stays as it was. Files that left the list stay until `purge`. */
  change(next: (tables: readonly KeptTable[]) => readonly KeptTable[]): Promise<void> {
    return this.#inLine(async (folder) => {
      const tables = next(this.#tables);
      const number = this.#number + 1;
      await writeManifest(folder, { number, tables });
      this.#number = this.#named = number;
      this.#tables = tables;
    });
  }

  /** Takes tables off the list; gives whether their files are still there. They are given up where a full disk has no room for a new list. */
  async forget(ids: readonly string[]): Promise<boolean> {
    const without = (tables: readonly KeptTable[]): readonly KeptTable[] =>
      tables.filter((table) => !ids.includes(table.id));
    try {
      await this.change(without);
      return true;
    } catch (error) {
      if (!isFull(error)) throw error;
      for (const id of ids) await this.purge(id);
      await this.change(without);
      return false;
    }
  }

  /** Removes the file of a table that is no longer on the list. */
  async purge(id: string): Promise<void> {
    await this.#folder?.remove(rowFileName(id));
  }

  /** From here on nothing is changed; others may change it once this resolves. */
  async freeze(): Promise<void> {
    this.#access = "read";
    await this.#line;
    this.#folder?.close();
  }

  /** Ends what `freeze` began, with the folder opened anew; gives whether all is as it was, and else does nothing. */
  async thaw(folder: Folder | null): Promise<boolean> {
    const manifest = folder && (await readManifest(folder));
    if ((manifest?.number ?? 0) !== this.#named) return false;
    this.#folder = folder;
    this.#access = "write";
    return true;
  }

  async #read(): Promise<void> {
    if (!this.#folder) return;
    const manifest = await readManifest(this.#folder);
    const names = await this.#folder.names();
    const numbers = manifestNumbers(names);
    // Numbers are never used twice, not even that of a manifest that was not finished.
    this.#number = Math.max(0, ...numbers);
    this.#named = manifest?.number ?? 0;
    // A table whose file was given up is one that was being deleted.
    this.#tables = (manifest?.tables ?? []).filter(({ id }) => names.includes(rowFileName(id)));
    // Where the only manifest was cut off, nothing is removed before the next one is whole.
    if (this.writable && (manifest || !numbers.length))
      await this.#clear(this.#folder, names, manifest?.number);
  }

  /** Removes what was left by whoever was cut off: files that no manifest names, and other manifests. */
  async #clear(folder: Folder, names: readonly string[], number: number | undefined): Promise<void> {
    const used = new Set(this.#tables.map(({ id }) => rowFileName(id)));
    used.add(`manifest-${number}.json`);
    // What another tab has not let go of yet stays until next time.
    for (const name of names) if (!used.has(name)) await folder.remove(name).catch(() => undefined);
  }

  /** One change at a time. */
  #inLine(work: (folder: Folder) => Promise<void>): Promise<void> {
    const result = this.#line.then(() => {
      if (!this.writable) throw new ReadOnly();
      return this.#folder ? work(this.#folder) : undefined;
    });
    this.#line = result.catch(() => undefined);
    return result;
  }
}

/** A table as a manifest names it. */
export function keptTable(
  { name, rows, columns, source }: TableInfo,
  { identity, rejected, notes }: TableMeta,
  { id, bytes }: Pick<RowFileWriter, "id" | "bytes">,
): KeptTable {
  return { id, name, rows, bytes, columns, source, identity: identity ?? id, rejected, notes };
}
