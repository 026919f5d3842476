import { nearestName } from "../core/nearest-name.ts";

/** How DuckDB says that there is no such table, and which of all that it knows, its own among them, it takes to be meant. */
const noTable = /^(Catalog Error: Table with name (.+?) does not exist!)(\nDid you mean .*)?$/m;

/** A message of DuckDB in which the one of `tables` is suggested, of those of the notebook, whose name is nearest; none where none is near. */
export function suggestOwnTable(message: string, tables: readonly string[]): string {
  return message.replace(noTable, (_, said: string, name: string) => {
    // One of that name is listed, but could not be read.
    const others = tables.filter((table) => table.toLowerCase() !== name.toLowerCase());
    const nearest = nearestName(name, others, (table) => [table, table.replace(/^.*\./, "")]);
    return nearest === null ? said : `${said}\nDid you mean "${nearest}"?`;
  });
}
