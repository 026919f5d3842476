import type { TableInfo } from "../protocol/table-info.ts";
import type { Database } from "./database.ts";
import { legalName } from "./names.ts";
import { identifier } from "./sql.ts";
import type { KeptTables } from "./store/kept-tables.ts";
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
  const rejected = await inDatabase(index, `${name}_rejected`).catch(() => null);
  const moves = [move(index, table, to), ...(rejected ? [move(index, rejected, `${to}_rejected`)] : [])];
  const apply = (from: (move: Move) => string, to: (move: Move) => string): Found[] => {
    database.transaction(
      moves.map((each) => {
        const place = `${identifier(each.found.table.schema)}.${identifier(from(each))}`;
        return `ALTER TABLE ${place} RENAME TO ${identifier(to(each))}`;
      }),
    );
    return moves.map((each) => index.know(each.found.table.schema, to(each), each.found.facts));
  };
  const moved = apply(
    ({ from }) => from,
    ({ to }) => to,
  );
  try {
    const names = new Map(moves.map(({ found, to }) => [found.facts.id, to]));
    if (moves.some(({ found }) => found.facts.id !== null))
      await kept.change((tables) =>
        tables.map((each) => ({ ...each, name: names.get(each.id) ?? each.name })),
      );
    return index.info(moved[0]!);
  } catch (error) {
    apply(
      ({ to }) => to,
      ({ from }) => from,
    );
    throw error;
  }
}

interface Move {
  readonly found: InDatabase;
  readonly from: string;
  readonly to: string;
}

function move(index: TableIndex, found: InDatabase, to: string): Move {
  const { schema, name: from } = found.table;
  if (from.toLowerCase() !== to.toLowerCase() && index.freeName(to, schema) !== to)
    throw new RangeError(`name: expected one that no table has, got ${JSON.stringify(to)}`);
  return { found, from, to };
}

async function inDatabase(index: TableIndex, name: string): Promise<InDatabase> {
  await index.load(name);
  const found = index.find(name);
  if (found.at === "disk") throw new RangeError(`no table ${JSON.stringify(name)} in this notebook`);
  return found;
}
