import { expect, test } from "vitest";
import { cosineNeighbours } from "../../../../src/compute/simd/item-cosine.ts";
import { dense, sparseProblems } from "../../../reference/sparse-problems.ts";

const goOn = () => Promise.resolve();

/** The k most similar items of each, all in plain sight. */
function twin(rows: number[][], k: number): [item: number, similarity: number][][] {
  const columns = rows[0]!.map((_, i) => rows.map((row) => row[i]!));
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, u) => sum + value * b[u]!, 0);
  return columns.map((a, i) =>
    columns
      .map((b, j): [number, number] => [j, dot(a, b) / (Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b)))])
      .filter(([j, similarity]) => j !== i && similarity > 0)
      .map(([j, similarity]): [number, number] => [j, Math.fround(similarity)])
      .sort(([j, a], [l, b]) => b - a || j - l)
      .slice(0, k),
  );
}

test.each(sparseProblems())(
  "neighbours are those of the twin, ties to the lowest: $name",
  async ({ matrix }) => {
    for (const k of [1, 3, 20]) {
      const { ids, similarities } = await cosineNeighbours(matrix, k, goOn);
      const wanted = twin(dense(matrix), k);
      const padded = (part: 0 | 1, missing: number) =>
        wanted.flatMap((pairs) => Array.from({ length: k }, (_, n) => pairs[n]?.[part] ?? missing));
      expect(Array.from(ids)).toEqual(padded(0, -1));
      expect(Array.from(similarities)).toEqual(padded(1, 0));
    }
  },
);
