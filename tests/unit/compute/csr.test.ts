import { expect, test } from "vitest";
import { csrOf, identity, rowOfEach, transposed } from "../../../src/compute/csr.ts";
import { dense, sparseProblems } from "../../reference/sparse-problems.ts";

test("entries of one place are added up, and zeros are left out", () => {
  const rows = Int32Array.of(1, 0, 1, 1, 2, 2);
  const columns = Int32Array.of(2, 1, 0, 2, 1, 1);
  const values = Float64Array.of(1, 5, 3, 4, 2, -2);
  const matrix = csrOf(4, 3, { rows, columns, values });
  expect(dense(matrix)).toEqual([
    [0, 5, 0],
    [3, 0, 5],
    [0, 0, 0],
    [0, 0, 0],
  ]);
  expect([...matrix.starts]).toEqual([0, 1, 3, 3, 3]);
  expect([...matrix.indices]).toEqual([1, 0, 2]);
  expect([...rowOfEach(matrix)]).toEqual([0, 1, 1]);
});

test("a matrix without entries has empty rows", () => {
  const none = { rows: new Int32Array(0), columns: new Int32Array(0), values: new Float64Array(0) };
  expect(dense(csrOf(2, 2, none))).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

test("the identity has ones on its diagonal", () => {
  expect(dense(identity(2))).toEqual([
    [1, 0],
    [0, 1],
  ]);
});

test.each(sparseProblems(true))("a matrix transposed has rows for columns: $name", ({ matrix }) => {
  const rows = dense(matrix);
  const turned = transposed(matrix);
  expect(dense(turned)).toEqual(
    Array.from({ length: matrix.columns }, (_, column) => rows.map((row) => row[column])),
  );
  expect(transposed(turned)).toEqual(matrix);
});
