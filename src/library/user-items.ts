import { csrOf, type Csr } from "../compute/csr.ts";
import { Table } from "../data/table.ts";
import type { Label, Labels, Numbers } from "./estimator.ts";
import { checkSameRows, describe, toLabels, toNumbers } from "./inputs.ts";

/** Who has what: a Table with the columns user, item and, where there are any, weight (without it, other columns are a RangeError: one may be meant for it); or the columns themselves. Rows of one pair are added up. */
export type UserItems =
  | Table
  | {
      readonly users: Labels;
      readonly items: Labels;
      /** How much, one a row; 1 where left out. A pair whose weights add up to 0 counts as none. */
      readonly weights?: Numbers | undefined;
    };

/** Users and items as sorted ids, and the weights of their pairs: users × items. */
export interface Interactions {
  readonly users: readonly Label[];
  readonly items: readonly Label[];
  readonly matrix: Csr;
}

/** Interactions as a matrix. No rows, and weights that are all 0, are a RangeError; a missing id, one of another type, and a weight that is no number are a TypeError that names it and its row. */
export function toInteractions(userItems: UserItems, what: string): Interactions {
  const { users, items, weights } = columnsOf(userItems, what);
  const user = toLabels(users, `${what}: users`);
  const item = toLabels(items, `${what}: items`);
  checkSameRows(`${what}: users`, user.codes.length, "items", item.codes.length);
  const values =
    weights === undefined
      ? new Float64Array(user.codes.length).fill(1)
      : toNumbers(weights, `${what}: weights`);
  checkSameRows(`${what}: users`, user.codes.length, "weights", values.length);
  const entries = { rows: user.codes, columns: item.codes, values };
  const matrix = csrOf(user.classes.length, item.classes.length, entries);
  if (matrix.values.length === 0)
    throw new RangeError(`${what}: expected at least one pair with a weight other than 0, got 0`);
  return { users: user.classes, items: item.classes, matrix };
}

/** As `toInteractions`, for models that know no dislike: a pair whose weights add up to less than 0 is a RangeError. */
export function toLikes(userItems: UserItems, what: string): Interactions {
  const interactions = toInteractions(userItems, what);
  const { matrix, users, items } = interactions;
  for (let user = 0; user < matrix.rows; user++)
    for (let k = matrix.starts[user]!; k < matrix.starts[user + 1]!; k++)
      if (matrix.values[k]! < 0)
        throw new RangeError(
          `${what}: expected weights of at least 0, got ${matrix.values[k]} for user ${describe(users[user])} and item ${describe(items[matrix.indices[k]!])}`,
        );
  return interactions;
}

interface Columns {
  readonly users: Labels;
  readonly items: Labels;
  readonly weights?: Numbers | undefined;
}

function columnsOf(userItems: UserItems, what: string): Columns {
  if (userItems instanceof Table) {
    const has = (name: string): boolean => userItems.columns.includes(name);
    if (!has("user") || !has("item"))
      throw new RangeError(
        `${what}: expected a table with columns "user" and "item", got ${userItems.columns.map((name) => `"${name}"`).join(", ")}; give { users: table.column("…"), items: table.column("…") }`,
      );
    const weights = has("weight") ? (userItems.column("weight") as Numbers) : undefined;
    const others = userItems.columns.filter((name) => name !== "user" && name !== "item");
    if (!weights && others.length > 0)
      throw new RangeError(
        `${what}: expected columns "user", "item" and, where pairs have one, "weight", got also ${others.map((name) => `"${name}"`).join(", ")}; call what is the weight "weight", and leave the rest out`,
      );
    return {
      users: userItems.column("user") as Labels,
      items: userItems.column("item") as Labels,
      weights,
    };
  }
  const given: unknown = userItems;
  if (typeof given !== "object" || given === null || !("users" in given) || !("items" in given))
    throw new TypeError(`${what}: expected a Table or { users, items }, got ${describe(given)}`);
  return userItems;
}
