import { roles as known, type Role } from "../../data/role.ts";
import type { TableInfo } from "../../protocol/table-info.ts";
import type { NotebookTables } from "../notebook-tables.ts";

/** Sets the roles of columns; a role goes to one column, and is taken from the one that had it. */
export async function setRoles(
  tables: NotebookTables,
  table: string,
  roles: { readonly [column: string]: Role | null },
): Promise<TableInfo> {
  const info = tables.describe(table);
  const given = new Map(Object.entries(roles));
  for (const [column, role] of given) {
    if (!info.columns.some(({ name }) => name === column))
      throw new RangeError(`table ${info.name}: no column ${JSON.stringify(column)}`);
    if (role !== null && !known.includes(role))
      throw new RangeError(
        `column "${column}": expected a role of ${known.join(", ")}, got ${JSON.stringify(role)}`,
      );
  }
  const taken = [...given.values()].filter((role) => role !== null);
  const twice = taken.find((role, i) => taken.indexOf(role) !== i);
  if (twice) throw new RangeError(`expected one column for each role, got "${twice}" twice`);
  const meta = tables.meta(info.name);
  const columns = info.columns.map(({ name, role }) => {
    const next = given.has(name) ? given.get(name)! : role !== null && taken.includes(role) ? null : role;
    return [name, { ...meta.columns.get(name), role: next }] as const;
  });
  return tables.updateMeta(info.name, { columns: new Map(columns) });
}
