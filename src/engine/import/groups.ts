import type { Database } from "../database.ts";
import { identifier } from "../sql.ts";
import type { Staged } from "./stage.ts";

type Types = readonly (string | null)[];

/** Staged tables that become one. */
export interface Group {
  readonly parts: readonly Staged[];
  /** The type of each column that holds the values of all parts, null for one without a value; none of them where there is one part. */
  readonly types: Types | null;
}

/**
 * Parts staged tables into those that become one table, in the order in which the first of each came: columns have the same names, and
 * no type is at odds with another. Numbered columns say little, so those must have equal types and have come in one folder.
 */
export function groupsOf(database: Database, staged: readonly Staged[]): Group[] {
  const alike = new Map<string, Staged[]>();
  for (const each of staged) {
    const shape = shapeOf(each);
    alike.set(shape, [...(alike.get(shape) ?? []), each]);
  }
  return [...alike.values()].flatMap((some) =>
    some.length === 1 ? alone(some) : compatible(database, some),
  );
}

/** Each staged table on its own. */
export function alone(staged: readonly Staged[]): Group[] {
  return staged.map((each) => ({ parts: [each], types: null }));
}

function compatible(database: Database, staged: readonly Staged[]): Group[] {
  const groups: { parts: Staged[]; types: Types }[] = [];
  for (const each of staged) {
    const types = typesOf(database, each);
    const group = groups.find((group) => jointTypes(group.types, types, isNumbered(each)) !== null);
    if (group) {
      group.types = jointTypes(group.types, types, isNumbered(each))!;
      group.parts.push(each);
    } else groups.push({ parts: [each], types });
  }
  return groups;
}

/** The types that hold the values of both; null where some are at odds, or, if they must be, not equal. */
function jointTypes(a: Types, b: Types, mustEqual: boolean): Types | null {
  const joint: (string | null)[] = [];
  for (const [i, type] of a.entries()) {
    const both = jointType(type, b[i]!, mustEqual);
    if (both === undefined) return null;
    joint.push(both);
  }
  return joint;
}

function jointType(a: string | null, b: string | null, mustEqual: boolean): string | null | undefined {
  if (a === b || b === null) return a;
  if (a === null) return b;
  if (mustEqual) return undefined;
  const within = (...types: readonly string[]): boolean => types.includes(a) && types.includes(b);
  if (within("BIGINT", "DOUBLE")) return "DOUBLE";
  return within("DATE", "TIMESTAMP") ? "TIMESTAMP" : undefined;
}

function shapeOf(staged: Staged): string {
  const names = staged.columns.join("\n").toLowerCase();
  return isNumbered(staged) ? `${names}\n${staged.path.replace(/[^/\\]*$/, "")}` : names;
}

/** Whether the columns have no names of their own. */
function isNumbered({ columns }: Staged): boolean {
  return columns.every((name, i) => name === `column_${i + 1}`);
}

/** The type of each column, null for one without a value: it says nothing of what other files have there. */
export function typesOf(database: Database, { draft, columns }: Staged): Types {
  const types = database.rows(
    `SELECT data_type AS type FROM duckdb_columns() WHERE table_name = '${draft.name}' ORDER BY column_index`,
  );
  const counts = columns.map((name, i) => `count(${identifier(name)}) AS c${i}`);
  const [values] = database.rows(`SELECT ${counts.join(", ")} FROM main.${draft.name}`);
  return types.map(({ type }, i) => (values![`c${i}`] ? (type as string) : null));
}
