import { readFileSync } from "node:fs";

/** Who liked what in one part of MovieLens-100k: a line a user, the user first, then items. */
export function movielens(part: "train" | "test"): { users: number[]; items: number[] } {
  const path = new URL(`../../../shared/data/movielens-100k/hash80_${part}.txt`, import.meta.url);
  const lines = readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.trim().split(" ").map(Number));
  return {
    users: lines.flatMap(([user, ...items]) => items.map(() => user!)),
    items: lines.flatMap(([, ...items]) => items),
  };
}
