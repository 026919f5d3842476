import type { ImportNote } from "../protocol/import.ts";
import type { TableInfo } from "../protocol/table-info.ts";
import type { Database } from "./database.ts";
import { legalName } from "./names.ts";
import { identifier } from "./sql.ts";
import type { KeptTables } from "./store/kept-tables.ts";
import type { TableFacts } from "./table-facts.ts";
import type { Found, TableIndex } from "./table-index.ts";

type InDatabase = Extract<Found, { at: "database" }>;

/** Gives a table another name, and the table of its rejected rows with it; a RangeError where SQL does not take it or it is taken. */
export async function renameTable(
  database: Database,
  index: TableIndex,
  kept: KeptTables,
  name: string,
  to: string,
): Promise<TableInfo> {
  if (legalName(to, index.catalogue.reserved) !== to || /^cohortbook_/i.test(to))
    throw new RangeError(
      `name: expected letters, digits and "_" that are no word of SQL, got ${JSON.stringify(to)}`,
    );
  const table = await inDatabase(index, name);
  const moves = [move(index, table, to), ...(await moveOfRejected(index, table, to))];
  const moved = apply(database, index, moves);
  try {
    const byId = new Map(moves.map((each) => [each.table.facts.id, each]));
    if (moves.some(({ table }) => table.facts.id !== null))
      await kept.change((tables) =>
        tables.map((each) => {
          const own = byId.get(each.id);
          return own ? { ...each, name: own.to, notes: own.facts.meta.notes } : each;
        }),
      );
    return index.info(moved[0]!);
  } catch (error) {
    const back = moves.map(({ table, from, to }) => ({ table, from: to, to: from, facts: table.facts }));
    apply(database, index, back);
    throw error;
  }
}

/** A table on its way to another name, and what is known of it there. */
interface Move {
  readonly table: InDatabase;
  readonly from: string;
  readonly to: string;
  readonly facts: TableFacts;
}

function move(index: TableIndex, table: InDatabase, to: string): Move {
  const { schema, name: from } = table.table;
  if (!isSame(from, to) && index.freeName(to, schema) !== to)
    throw new RangeError(`name: expected one that no table has, got ${JSON.stringify(to)}`);
  const { meta } = table.facts;
  const facts = { ...table.facts, meta: { ...meta, notes: meta.notes.filter(isTrueOfAnyName) } };
  return { table, from, to, facts };
}

/** The table of rejected rows goes along, unless a person has given it a name of its own. */
async function moveOfRejected(index: TableIndex, table: InDatabase, to: string): Promise<Move[]> {
  const found = index.rejectedOf(table);
  if (!found) return [];
  const { schema, name } = table.table;
  const rejected = found.table.name;
  if (!rejected.toLowerCase().startsWith(`${name}_rejected`.toLowerCase())) return [];
  const wanted = `${to}_rejected`;
  const free = isSame(rejected, wanted) ? wanted : index.freeName(wanted, schema);
  return [move(index, await inDatabase(index, index.info(found).name), free)];
}

function apply(database: Database, index: TableIndex, moves: readonly Move[]): Found[] {
  database.transaction(
    moves.map(({ table, from, to }) => {
      const place = `${identifier(table.table.schema)}.${identifier(from)}`;
      return `ALTER TABLE ${place} RENAME TO ${identifier(to)}`;
    }),
  );
  return moves.map(({ table, to, facts }) => index.know(table.table.schema, to, facts));
}

async function inDatabase(index: TableIndex, name: string): Promise<InDatabase> {
  await index.load(name);
  const found = index.find(name);
  if (found.at === "disk") throw new RangeError(`no table ${JSON.stringify(name)} in this notebook`);
  return found;
}

function isSame(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}

/** What was noted of the name that an import gave is not true of another one. */
function isTrueOfAnyName({ note }: ImportNote): boolean {
  return note !== "renamed-table" && note !== "beside-table";
}
