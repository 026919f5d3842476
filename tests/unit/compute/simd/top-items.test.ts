import { expect, test } from "vitest";
import type { Csr } from "../../../../src/compute/csr.ts";
import { factorScorer, sharedScorer, sparseScorer } from "../../../../src/compute/simd/top-items.ts";
import type { Scorer } from "../../../../src/compute/top-items.ts";
import { dense, sparseProblems } from "../../../reference/sparse-problems.ts";

/** The best items of a user by plain sorting, ties to the lowest. */
function twin(scores: ArrayLike<number>, barred: readonly number[], floor: number): [number, number][] {
  return Array.from(scores)
    .map((score, item): [number, number] => [item, score])
    .filter(([item, score]) => !barred.includes(item) && score > floor)
    .sort(([i, a], [j, b]) => b - a || i - j);
}

function expectTop(scorer: Scorer, matrix: Csr, scores: (user: number) => ArrayLike<number>, floor: number) {
  const users = Array.from({ length: matrix.rows }, (_, user) => user);
  for (const filter of [true, false])
    for (const n of [1, 5, matrix.columns]) {
      const wanted = users.map((user) => {
        const own = Array.from(matrix.indices.subarray(matrix.starts[user], matrix.starts[user + 1]));
        return twin(scores(user), filter ? own : [], floor).slice(0, n);
      });
      const padded = (part: 0 | 1, missing: number) =>
        wanted.flatMap((pairs) => Array.from({ length: n }, (_, i) => pairs[i]?.[part] ?? missing));
      const found = scorer.top(users, n, filter);
      expect(Array.from(found.items)).toEqual(padded(0, -1));
      expect(Array.from(found.scores)).toEqual(padded(1, 0));
    }
}

// Whole numbers, so that sums are exact in any order, and few of them, so that many scores tie.
test.each(sparseProblems())(
  "products of factors are ranked as by sorting: $name",
  ({ matrix, factors, random }) => {
    const draw = (n: number) => Float32Array.from({ length: n * factors }, () => random.integer(3) - 1);
    const [users, items] = [draw(matrix.rows), draw(matrix.columns)];
    const scores = (user: number) =>
      Array.from({ length: matrix.columns }, (_, item) => {
        let sum = 0;
        for (let f = 0; f < factors; f++) sum += users[user * factors + f]! * items[item * factors + f]!;
        return sum;
      });
    expectTop(factorScorer(matrix, users, items, factors), matrix, scores, -Infinity);
  },
);

test.each(sparseProblems())("sums of sparse rows are ranked as by sorting: $name", ({ matrix, random }) => {
  const rows = sparseProblems().find((other) => other.matrix.rows === matrix.rows)!.matrix;
  const square: Csr = {
    ...rows,
    rows: matrix.columns,
    columns: matrix.columns,
    starts: Int32Array.from({ length: matrix.columns + 1 }, (_, i) => i),
    indices: Int32Array.from({ length: matrix.columns }, () => random.integer(matrix.columns)),
    values: Float64Array.from({ length: matrix.columns }, () => 1 + random.integer(2)),
  };
  const [owned, similar] = [dense(matrix), dense(square)];
  const scores = (user: number) =>
    Array.from({ length: matrix.columns }, (_, item) =>
      owned[user]!.reduce((sum, weight, own) => sum + weight * similar[own]![item]!, 0),
    );
  expectTop(sparseScorer(matrix, square), matrix, scores, 0);
});

test.each(sparseProblems())("shared scores are ranked as by sorting: $name", ({ matrix, random }) => {
  const shared = Float32Array.from({ length: matrix.columns }, () => random.integer(4) - 2);
  expectTop(sharedScorer(matrix, shared), matrix, () => shared, -Infinity);
});
