import { expect, test } from "vitest";
import { padRows, unpadRows } from "../../../src/compute/simd/rows.ts";

test.each([1, 7, 31, 32, 33, 100])("rows of %i numbers are padded, and are themselves again", (width) => {
  const columns = width + 1;
  const rows = Float32Array.from({ length: 5 * columns }, (_, i) => (i % columns === width ? 0 : i + 1));
  const stride = width + 9;
  const padded = new Float32Array(7 * stride);
  padRows(rows, columns, width, padded, 2, stride);
  expect([...padded].filter(Boolean)).toEqual([...rows].filter(Boolean));
  expect(padded[3 * stride]).toBe(rows[columns]);
  expect(unpadRows(padded, width, columns, 2, 7, stride)).toEqual(rows);
});
