import { expect, test } from "vitest";
import { pointSearch } from "../../../../src/compute/simd/nearest.ts";
import { minstd } from "../../../reference/minstd.ts";
import { neighboursCases } from "../../../reference/neighbours-twin.ts";

// Whole numbers, so that sums are exact in any order, and few of them, so that many scores tie.
test.each(neighboursCases)("$name: points are scored and ranked as by sorting", ({ rows, columns, k }) => {
  const next = minstd(rows * columns);
  const draw = (count: number) => Float32Array.from({ length: count }, () => Math.round(2 * next()));
  const [x, offsets, queries] = [draw(rows * columns), draw(rows), draw(11 * columns)];
  const scores = Array.from({ length: 11 }, (_, q) =>
    Array.from(offsets, (offset, i) => {
      let sum = offset;
      for (let j = 0; j < columns; j++) sum += queries[q * columns + j]! * x[i * columns + j]!;
      return sum;
    }),
  );
  const search = pointSearch({ rows, columns, x, offsets });
  for (const own of [-1, rows - 11]) {
    const found = search.best(queries, own, k);
    for (const [q, list] of scores.entries()) {
      const ranked = [...list.keys()]
        .filter((i) => own < 0 || i !== own + q)
        .sort((a, b) => list[b]! - list[a]! || a - b)
        .slice(0, k);
      expect(found.sizes[q]).toBe(ranked.length);
      const ids = found.ids.subarray(q * k, q * k + ranked.length);
      expect([...ids].sort((a, b) => a - b)).toEqual(ranked.toSorted((a, b) => a - b));
      if (ranked.length) expect(found.lowest[q]).toBe(list[ranked.at(-1)]);
    }
  }
  const above: number[][] = scores.map(() => []);
  const cuts = Float32Array.from(scores, (_, q) => q - 4);
  search.eachFrom(queries, cuts, (q, ids) => above[q]!.push(...ids));
  expect(above).toEqual(scores.map((list, q) => [...list.keys()].filter((i) => list[i]! >= cuts[q]!)));
});

test("a score that is no number is never among the best, and never below a cut", () => {
  const search = pointSearch({
    rows: 2,
    columns: 1,
    x: Float32Array.of(NaN, 1),
    offsets: Float32Array.of(0, 0),
  });
  expect([...search.best(Float32Array.of(1), -1, 2).sizes]).toEqual([1]);
  const found: number[] = [];
  search.eachFrom(Float32Array.of(1), Float32Array.of(5), (_, ids) => found.push(...ids));
  expect(found).toEqual([0]);
});
