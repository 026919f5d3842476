import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as library from "../../../src/library/index.ts";
import type { EmbeddingSpec } from "../../../src/specs/embedding.ts";
import { irisRows } from "../../reference/pinned-sets.ts";
import { run } from "../notebook/run-cell.ts";

/** The cell that a docstring gives as its example. */
function exampleIn(file: string): string {
  const source = readFileSync(new URL(`../../../src/library/${file}`, import.meta.url), "utf8");
  const [, example] = / \* @example\n((?: \* .*\n)+) \*\//.exec(source)!;
  return example!.replaceAll(/^ \* /gm, "");
}

const inputs = { ...library, X: irisRows };

test("the cell in PCA's docstring draws clusters along the first two axes", async () => {
  const { value, exports } = await run(exampleIn("pca.ts"), inputs);
  const { x, y, colour, centres } = value as EmbeddingSpec;
  const map = exports.map as library.Matrix;
  expect([...x]).toEqual([...Float32Array.from(map.column(0))]);
  expect([...y]).toEqual([...Float32Array.from(map.column(1))]);
  expect(colour).toMatchObject({ by: "category", words: ["0", "1", "2"] });
  // A centre stands where the mean of its rows does.
  const { labels } = exports.clusters as library.KMeans;
  const own = Array.from(x).filter((_, i) => labels[i] === 0);
  expect(centres!.x).toHaveLength(3);
  expect(centres!.x[0]).toBeCloseTo(own.reduce((a, b) => a + b) / own.length, 3);
});

test("the cell in the docstring of NearestNeighbors finds three neighbours a row", async () => {
  const { exports } = await run(exampleIn("nearest-neighbors.ts"), inputs);
  expect((exports.indices as Int32Array[]).map((list) => list.length)).toEqual(new Array(150).fill(3));
  expect((exports.distances as library.Matrix).rows).toBe(150);
});
