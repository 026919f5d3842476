import { relationSchema } from "./catalogue.ts";
import type { Database } from "./database.ts";

/** Tables that cells lend the engine for a query. */
export class Relations {
  #made = 0;

  constructor(private readonly database: Database) {
    this.clear();
  }

  /** Makes a relation of Arrow rows; gives its name in SQL. */
  add(rows: Uint8Array): string {
    const name = `relation_${++this.#made}`;
    this.database.insert(relationSchema, name, rows, true);
    return `${relationSchema}.${name}`;
  }

  /** Forgets a relation that `add` made. */
  drop(relation: string): void {
    if (!/^cohortbook_relations\.relation_\d+$/.test(relation))
      throw new RangeError(
        `release: expected a relation that register made, got ${JSON.stringify(relation)}`,
      );
    this.database.run(`DROP TABLE IF EXISTS ${relation}`);
  }

  /** Forgets all relations: those of a kernel that is gone. */
  clear(): void {
    this.database.run(`DROP SCHEMA IF EXISTS ${relationSchema} CASCADE`);
    this.database.run(`CREATE SCHEMA ${relationSchema}`);
  }
}
