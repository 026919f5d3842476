import type { KMeansRows } from "../../src/compute/k-means.ts";
import type { Random } from "../../src/core/random.ts";

/** The rows that greedy k-means++ begins with, in plain doubles. Source: Arthur & Vassilvitskii 2007, with the trials of scikit-learn. */
export function kMeansStartTwin({ rows, columns, x }: KMeansRows, k: number, random: Random): number[] {
  const places = Array.from({ length: rows }, (_, i) => x.subarray(i * columns, (i + 1) * columns));
  const apart = (i: number, j: number): number =>
    places[i]!.reduce((sum, value, column) => sum + (value - places[j]![column]!) ** 2, 0);
  const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  const chosen = [random.integer(rows)];
  let distances = places.map((_, i) => apart(i, chosen[0]!));
  while (chosen.length < k) {
    const total = sumOf(distances);
    const nearer = Array.from({ length: 2 + Math.floor(Math.log(k)) }, () => {
      const draw = random.next() * total;
      let passed = 0;
      const first = distances.findIndex((distance) => (passed += distance) > draw);
      const row = first < 0 ? rows - 1 : first;
      return { row, distances: distances.map((distance, i) => Math.min(distance, apart(i, row))) };
    });
    const best = nearer.reduce((a, b) => (sumOf(b.distances) < sumOf(a.distances) ? b : a));
    chosen.push(best.row);
    ({ distances } = best);
  }
  return chosen;
}
