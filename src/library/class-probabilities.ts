import { Matrix } from "../data/matrix.ts";

/** Single-precision outputs of a classifier as probabilities, n × classes, rows summing to 1. given: of the second of two classes alone, else of each. */
export function classProbabilities(given: Float32Array, classes: number): Matrix<Float64Array> {
  const data = classes === 2 ? bothClasses(given) : normalised(given, classes);
  return new Matrix(data, data.length / classes, classes);
}

/** Both columns of two classes, from the probability of the second. */
function bothClasses(second: Float32Array): Float64Array {
  const both = new Float64Array(second.length * 2);
  for (const [i, p] of second.entries()) both.set([1 - p, p], i * 2);
  return both;
}

/** Rows of single precision as doubles that sum to 1. */
function normalised(rows: Float32Array, columns: number): Float64Array {
  const result = Float64Array.from(rows);
  for (let i = 0; i < result.length; i += columns) {
    const row = result.subarray(i, i + columns);
    const sum = row.reduce((total, p) => total + p, 0);
    for (let j = 0; j < columns; j++) row[j]! /= sum;
  }
  return result;
}
