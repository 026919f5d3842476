import type { ColumnType } from "../../data/column.ts";
import { roles, type Role } from "../../data/role.ts";
import { roleNames } from "./names.ts";

/** What a role is guessed from. */
export interface GuessedColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly sqlType: string;
}

/** The roles of the columns of an unknown table, by their names and types: one column a role, and null rather than a bad guess. */
export function guessRoles(columns: readonly GuessedColumn[]): (Role | null)[] {
  const guessed: (Role | null)[] = columns.map(() => null);
  const pairs = columns.flatMap((column, index) =>
    roles.map((role) => ({ index, role, score: scoreOf(role, column) })),
  );
  // The surest first; of equals the column that comes first.
  for (const { index, role, score } of pairs.toSorted((a, b) => b.score - a.score || a.index - b.index))
    if (score > 0 && guessed[index] === null && !guessed.includes(role)) guessed[index] = role;
  // What has no time did not happen: a column `type` is then something else.
  return guessed.includes("time") ? guessed : guessed.map((role) => (role === "event" ? null : role));
}

/** How surely a column has a role; 0 where it cannot have it. */
function scoreOf(role: Role, { name, type, sqlType }: GuessedColumn): number {
  const plain = plainName(name);
  const { clues, never } = roleNames[role];
  if (never?.test(plain)) return 0;
  const score = Math.max(0, ...clues.filter(([, names]) => names.test(plain)).map(([each]) => each));
  const isInteger = type === "number" && /INT/.test(sqlType);
  switch (role) {
    case "time":
      return type === "date" || (isInteger && /timestamp|tstamp|unix|epoch/.test(plain)) ? score : 0;
    case "amount":
      return type === "number" ? score : 0;
    case "event":
      return type === "string" || (isInteger && plain.endsWith("_type")) ? score : 0;
    case "user":
    case "item":
      // Whole numbers with gaps are often written as 17850.0.
      return type === "string" || isInteger || (type === "number" && score >= 9) ? score : 0;
    case "target":
      return type === "boolean" || type === "string" || isInteger || (type === "number" && score >= 9)
        ? score
        : 0;
    default:
      return role satisfies never;
  }
}

/** A name in lower case with `_` between its words and without a unit: `CustomerID` → `customer_id`, `Amount (USD)` → `amount`. */
function plainName(name: string): string {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1_$2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "")
    .replace(
      /_(utc|gmt|usd|eur|gbp|cny|rmb|brl|inr|jpy|base|purchased|元|(inc|incl|ex|excl)_(tax|vat))$/,
      "",
    );
}
