import { editDistance } from "../core/edit-distance.ts";

/** How DuckDB says that there is no such table, and which of all that it knows, its own among them, it takes to be meant. */
const noTable = /^(Catalog Error: Table with name (.+?) does not exist!)(\nDid you mean .*)?$/m;

/** A message of DuckDB in which the one of `tables` is suggested, of those of the notebook, whose name is nearest; none where none is near. */
export function suggestOwnTable(message: string, tables: readonly string[]): string {
  return message.replace(noTable, (_, said: string, name: string) => {
    const nearest = nearestOf(name, tables);
    return nearest === null ? said : `${said}\nDid you mean "${nearest}"?`;
  });
}

function nearestOf(name: string, tables: readonly string[]): string | null {
  const wanted = name.toLowerCase();
  // More changed letters than these make another word of it.
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  let nearest: string | null = null;
  for (const table of tables) {
    const own = table.toLowerCase();
    // It is listed, but could not be read.
    if (own === wanted) continue;
    const distance = Math.min(...[own, own.replace(/^.*\./, "")].map((each) => editDistance(wanted, each)));
    if (distance >= least) continue;
    least = distance;
    nearest = table;
  }
  return nearest;
}
