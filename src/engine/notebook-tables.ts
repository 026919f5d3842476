import type { Row } from "../data/table.ts";
import type { DatasetOptions } from "../protocol/data.ts";
import type { ImportProgress, ImportResult } from "../protocol/import.ts";
import type { TableInfo } from "../protocol/table-info.ts";
import { datasetById } from "../../datasets/registry.ts";
import { columnType } from "./column-type.ts";
import { importCsv } from "./csv/import-csv.ts";
import type { Database } from "./database.ts";
import { fillDraft, placeDrafts, type FilledDraft } from "./dataset-tables.ts";
import { datasetPlan } from "./dataset-options.ts";
import { freeName, legalName, tableName } from "./names.ts";
import { pacer } from "../core/pause.ts";
import { PagedResults } from "./paged-results.ts";
import { identifier, literal } from "./sql.ts";

/** The schema of relations that cells lend the engine, and what the names of tables begin with that are not done yet. */
const relations = "cohortbook_relations";
const drafts = "cohortbook_draft_";

/** The tables of one notebook, and where each came from. */
export class NotebookTables {
  /** Results of SQL cells that are read page by page. */
  readonly results: PagedResults;
  readonly #sources = new Map<string, TableInfo["source"]>();
  readonly #reserved: ReadonlySet<string>;
  #made = 0;

  constructor(
    readonly database: Database,
    /** Whether the planted truth of sample data may exist here. */
    private readonly truth = true,
  ) {
    this.results = new PagedResults(database);
    this.dropRelations();
    const words = database.rows(
      "SELECT keyword_name AS word FROM duckdb_keywords() WHERE keyword_category <> 'unreserved'",
    );
    this.#reserved = new Set(words.map(({ word }) => word as string));
  }

  /** Every table, by name. */
  list(): TableInfo[] {
    const columns = this.database.rows(
      `SELECT schema_name AS schema, table_name AS name, column_name AS column, data_type AS type
       FROM duckdb_columns() JOIN duckdb_tables() USING (database_name, schema_name, table_name)
       WHERE database_name = 'memory' AND schema_name <> '${relations}' AND NOT starts_with(table_name, '${drafts}')
       ORDER BY schema_name <> 'main', schema_name, table_name, column_index`,
    );
    const tables = new Map<string, Row[]>();
    for (const row of columns) {
      const name = this.#nameInSql(row.schema as string, row.name as string);
      const known = tables.get(name);
      if (known) known.push(row);
      else tables.set(name, [row]);
    }
    return [...tables].map(([name, rows]) => ({
      name,
      rows: this.database.rows(`SELECT count(*) AS n FROM ${name}`)[0]!.n as number,
      columns: rows.map(({ column, type }) => ({
        name: column as string,
        type: columnType(type as string),
        sqlType: type as string,
        role: null,
      })),
      source: this.#sources.get(name) ?? { kind: "query" },
      kept: "memory",
    }));
  }

  /** The table of that name, whatever its case; an unknown one is a RangeError. */
  describe(table: string): TableInfo {
    const found = this.list().find(({ name }) => name.toLowerCase() === String(table).toLowerCase());
    if (!found) throw new RangeError(`no table ${JSON.stringify(table)} in this notebook`);
    return found;
  }

  /** Reads a CSV file into a new table; nothing else changes, however it ends. */
  async importFile(
    file: File,
    name: string | null,
    progress: (progress: ImportProgress) => void,
    signal: AbortSignal,
  ): Promise<ImportResult> {
    const draft = `${drafts}${++this.#made}`;
    const sink = {
      create: (columns: string): void => void this.database.run(`CREATE TABLE main.${draft} (${columns})`),
      insert: (rows: Uint8Array): void => this.database.insert("main", draft, rows, false),
    };
    try {
      const result = await importCsv(file, sink, progress, signal);
      if ("refusal" in result) return { state: "refused", file: file.name, refusal: result.refusal };
      const wanted = name === null ? tableName(file.name, this.#reserved) : legalName(name, this.#reserved);
      const free = freeName(wanted, this.#namesOf("main"));
      this.database.run(`ALTER TABLE main.${draft} RENAME TO ${identifier(free)}`);
      this.#sources.set(this.#nameInSql("main", free), {
        kind: "file",
        files: [file.name],
        bytes: file.size,
        recognised: null,
      });
      const table = this.list().find((info) => info.name === this.#nameInSql("main", free))!;
      const asked = name ?? wanted;
      const renamed = free === asked ? [] : [{ note: "renamed-table" as const, from: asked, to: free }];
      return { state: "imported", table, notes: [...renamed, ...result.notes] };
    } catch (error) {
      if (signal.aborted) return { state: "refused", file: file.name, refusal: { why: "cancelled" } };
      const message = error instanceof Error ? error.message : String(error);
      const refusal = /out of memory|allocat/i.test(message)
        ? { why: "out-of-memory" as const, bytes: file.size }
        : { why: "unreadable" as const, message, line: null };
      return { state: "refused", file: file.name, refusal };
    } finally {
      this.database.run(`DROP TABLE IF EXISTS main.${draft}`);
    }
  }

  /** Generates a sample dataset into a schema; tables of the same names there are replaced. */
  async addDataset(id: string, options: DatasetOptions): Promise<string[]> {
    const dataset = datasetById(id);
    const { as, truthAs, ...plan } = datasetPlan(dataset.card, options, this.#reserved);
    const rest = pacer(30);
    const made = await dataset.simulate(plan, rest);
    const filled: (FilledDraft & { readonly truth: boolean })[] = [];
    try {
      for (const truth of this.truth ? [false, true] : [false]) {
        const schema = truth ? truthAs : as;
        this.database.run(`CREATE SCHEMA IF NOT EXISTS ${identifier(schema)}`);
        for (const [name, table] of Object.entries(truth ? made.truth : made.tables)) {
          const place = { schema, draft: `${drafts}${++this.#made}`, name, truth };
          filled.push(place);
          await fillDraft(this.database, place, table, rest);
        }
      }
      placeDrafts(this.database, filled);
    } catch (error) {
      for (const { schema, draft } of filled)
        this.database.run(`DROP TABLE IF EXISTS ${identifier(schema)}.${draft}`);
      throw error;
    }
    for (const { schema, name, truth } of filled)
      this.#sources.set(this.#nameInSql(schema, name), { kind: "dataset", id, truth });
    return Object.keys(made.tables).map((name) => this.#nameInSql(as, name));
  }

  /** Makes a relation of Arrow rows; gives its name in SQL. */
  addRelation(rows: Uint8Array): string {
    const name = `relation_${++this.#made}`;
    this.database.insert(relations, name, rows, true);
    return `${relations}.${name}`;
  }

  /** Forgets a relation that `addRelation` made. */
  dropRelation(relation: string): void {
    if (!/^cohortbook_relations\.relation_\d+$/.test(relation))
      throw new RangeError(
        `release: expected a relation that register made, got ${JSON.stringify(relation)}`,
      );
    this.database.run(`DROP TABLE IF EXISTS ${relation}`);
  }

  /** Forgets all relations: those of a kernel that is gone. */
  dropRelations(): void {
    this.database.run(`DROP SCHEMA IF EXISTS ${relations} CASCADE`);
    this.database.run(`CREATE SCHEMA ${relations}`);
  }

  /** Rows `offset` to `offset + limit` of a table that `list` names, as an Arrow IPC stream. */
  rows(table: string, offset: number, limit: number): Uint8Array {
    return this.database.run(`SELECT * FROM ${this.#known(table)} LIMIT ${limit} OFFSET ${offset}`);
  }

  /** Drops a table that `list` names. */
  drop(table: string): void {
    this.database.run(`DROP TABLE ${this.#known(table)}`);
    this.#sources.delete(table);
  }

  #known(table: string): string {
    if (this.list().some(({ name }) => name === table)) return table;
    throw new RangeError(`no table ${JSON.stringify(table)} in this notebook`);
  }

  #namesOf(schema: string): Set<string> {
    const rows = this.database.rows(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ${literal(schema)}`,
    );
    return new Set(rows.map(({ name }) => (name as string).toLowerCase()));
  }

  /** A table's name as SQL takes it: in quotes where it needs them. */
  #nameInSql(schema: string, name: string): string {
    const plain = (part: string): string =>
      /^[\p{L}_][\p{L}\p{N}_]*$/u.test(part) && !this.#reserved.has(part.toLowerCase())
        ? part
        : identifier(part);
    return schema === "main" ? plain(name) : `${plain(schema)}.${plain(name)}`;
  }
}
