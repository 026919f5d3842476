import type { PointSearch, ScoredPoints } from "../../src/compute/nearest.ts";
import { minstd } from "./minstd.ts";

/** Rows, columns and places of a search for points. */
export interface PointsShape {
  readonly rows: number;
  readonly columns: number;
  readonly k: number;
}

const queries = 11;

/**
 * Points of a search, and answers of it to some queries that differ from those of sorting all scores, ties to the lowest point. Numbers
 * are whole, so that sums are exact in any order, and few, so that many scores tie.
 */
export async function pointsFaults(
  { rows, columns, k }: PointsShape,
  open: (points: ScoredPoints) => Promise<PointSearch>,
): Promise<number> {
  const next = minstd(rows * columns);
  const draw = (count: number) => Float32Array.from({ length: count }, () => Math.round(2 * next()));
  const [x, offsets, asked] = [draw(rows * columns), draw(rows), draw(queries * columns)];
  const scores = Array.from({ length: queries }, (_, q) =>
    Array.from(offsets, (offset, i) => {
      let sum = offset;
      for (let j = 0; j < columns; j++) sum += asked[q * columns + j]! * x[i * columns + j]!;
      return sum;
    }),
  );
  const search = await open({ rows, columns, x, offsets });
  let faults = 0;
  const expectSame = (ours: ArrayLike<unknown>, twin: readonly unknown[]): void => {
    if (ours.length !== twin.length || twin.some((value, i) => value !== ours[i])) faults++;
  };
  for (const own of [-1, Math.max(0, rows - queries)]) {
    const found = await search.best(asked, own, k);
    for (const [q, list] of scores.entries()) {
      const ranked = [...list.keys()]
        .filter((i) => own < 0 || i !== own + q)
        .sort((a, b) => list[b]! - list[a]! || a - b)
        .slice(0, k);
      const ids = found.ids.subarray(q * k, q * k + found.sizes[q]!);
      expectSame(
        ids.toSorted(),
        ranked.toSorted((a, b) => a - b),
      );
      if (ranked.length === k) expectSame([found.lowest[q]], [list[ranked[k - 1]!]]);
    }
  }
  const above: number[][] = scores.map(() => []);
  const cuts = Float32Array.from(scores, (_, q) => q - 4);
  await search.eachFrom(asked, cuts, (q, ids) => above[q]!.push(...ids));
  for (const [q, list] of scores.entries())
    expectSame(
      above[q]!,
      [...list.keys()].filter((i) => list[i]! >= cuts[q]!),
    );
  search.dispose();
  return faults;
}
