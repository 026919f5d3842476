import type { Row } from "../../../src/data/table.ts";
import { Database } from "../../../src/engine/database.ts";
import { importFiles } from "../../../src/engine/import/import-files.ts";
import { NotebookTables } from "../../../src/engine/notebook-tables.ts";
import type { ImportOptions, ImportResult } from "../../../src/protocol/import.ts";
import { duckdbModule } from "./module.ts";

export type Dropped = readonly (readonly [path: string, content: BlobPart])[];

/** The tables of a notebook that files are dropped on. */
export class Dropping {
  private constructor(readonly tables: NotebookTables) {}

  static async open(): Promise<Dropping> {
    return new Dropping(new NotebookTables(await Database.open(await duckdbModule())));
  }

  drop(...files: Dropped): Promise<readonly ImportResult[]> {
    return this.import(files);
  }

  import(files: Dropped, options: ImportOptions = {}): Promise<readonly ImportResult[]> {
    const all = files.map(([path, content]) => ({
      file: new File([content], path.split("/").at(-1)),
      path,
    }));
    return importFiles(this.tables, all, null, () => undefined, new AbortController().signal, options);
  }

  /** The rows that SQL after `FROM` gives. */
  rows(sql: string): Row[] {
    return this.tables.database.rows(`FROM ${sql}`);
  }

  types(table: string): Record<string, string> {
    const { columns } = this.tables.describe(table);
    return Object.fromEntries(columns.map(({ name, sqlType }) => [name, sqlType]));
  }

  async clear(): Promise<void> {
    // A table takes its rejected rows along.
    for (let [first] = this.tables.list(); first; [first] = this.tables.list())
      await this.tables.drop(first.name);
  }
}
