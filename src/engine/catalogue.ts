import type { Row } from "../data/table.ts";
import type { Database } from "./database.ts";
import { identifier, literal } from "./sql.ts";

/** The schema of relations that cells lend the engine, and what the names of tables begin with that are none yet or no longer. */
export const relationSchema = "cohortbook_relations";
const hidden = "cohortbook_draft_";

/** A table that is in the database. */
export interface DatabaseTable {
  readonly schema: string;
  readonly name: string;
  /** As it is written in SQL. */
  readonly sqlName: string;
  /** Another table of the same name has another one. So has this one once its columns were changed. */
  readonly oid: number;
  readonly columns: readonly { readonly name: string; readonly sqlType: string }[];
}

/** Knows which tables are in a database, and how names are written in SQL. */
export class Catalogue {
  /** The words that are no names unless they are quoted. */
  readonly reserved: ReadonlySet<string>;
  #hidden = 0;

  constructor(private readonly database: Database) {
    const words = database.rows(
      "SELECT keyword_name AS word FROM duckdb_keywords() WHERE keyword_category <> 'unreserved'",
    );
    this.reserved = new Set(words.map(({ word }) => word as string));
  }

  /** Every table: those without a schema of their own first, then by name. */
  tables(): DatabaseTable[] {
    const columns = this.database.rows(
      `SELECT schema_name AS schema, table_name AS name, duckdb_tables.table_oid AS oid, column_name AS column, data_type AS type
       FROM duckdb_columns() JOIN duckdb_tables() USING (database_name, schema_name, table_name)
       WHERE database_name = 'memory' AND schema_name <> '${relationSchema}' AND NOT starts_with(table_name, '${hidden}')
       ORDER BY schema_name <> 'main', schema_name, table_name, column_index`,
    );
    const tables = new Map<number, Row[]>();
    for (const row of columns) {
      const known = tables.get(row.oid as number);
      if (known) known.push(row);
      else tables.set(row.oid as number, [row]);
    }
    return [...tables].map(([oid, rows]) => {
      const { schema, name } = rows[0] as { readonly schema: string; readonly name: string };
      return {
        schema,
        name,
        sqlName: this.sqlName(schema, name),
        oid,
        columns: rows.map(({ column, type }) => ({ name: column as string, sqlType: type as string })),
      };
    });
  }

  /** The schema of that name, whatever its case; it is made where there is none. Gives its name as it is written. */
  schema(name: string): string {
    this.database.run(`CREATE SCHEMA IF NOT EXISTS ${identifier(name)}`);
    const [found] = this.database.rows(
      `SELECT schema_name AS name FROM duckdb_schemas() WHERE database_name = 'memory' AND lower(schema_name) = lower(${literal(name)})`,
    );
    return found!.name as string;
  }

  /** Whether there is a view or a macro: what reads one may read tables that it does not name. */
  hasViews(): boolean {
    const [row] = this.database.rows(
      `SELECT (SELECT count(*) FROM duckdb_views() WHERE NOT internal)
        + (SELECT count(*) FROM duckdb_functions() WHERE NOT internal) AS n`,
    );
    return (row!.n as number) > 0;
  }

  /** How many rows a table has. */
  count({ schema, name }: Pick<DatabaseTable, "schema" | "name">): number {
    const place = `${identifier(schema)}.${identifier(name)}`;
    return this.database.rows(`SELECT count(*) AS n FROM ${place}`)[0]!.n as number;
  }

  /** A name, never given before, for a table that nobody is to see yet, or any more. */
  hiddenName(): string {
    return `${hidden}${++this.#hidden}`;
  }

  /** The names in use in a schema, in lower case: those of tables and views. */
  names(schema: string): Set<string> {
    const rows = this.database.rows(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ${literal(schema)}`,
    );
    return new Set(rows.map(({ name }) => (name as string).toLowerCase()));
  }

  /** A table's name as SQL takes it: in quotes where it needs them. */
  sqlName(schema: string, name: string): string {
    return schema === "main" ? this.#part(name) : `${this.#part(schema)}.${this.#part(name)}`;
  }

  #part(name: string): string {
    return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !this.reserved.has(name.toLowerCase())
      ? name
      : identifier(name);
  }
}
