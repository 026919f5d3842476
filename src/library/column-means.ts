/** Mean of each column of rows (n×d, row-major). */
export function columnMeans(x: Float64Array, columns: number): Float64Array {
  const mean = new Float64Array(columns);
  for (let from = 0; from < x.length; from += columns)
    for (let j = 0; j < columns; j++) mean[j]! += x[from + j]!;
  for (let j = 0; j < columns; j++) mean[j]! /= x.length / columns;
  return mean;
}

/** Σ of the squares of all numbers of rows less the mean of their column. */
export function squaresAround(x: Float64Array, mean: Float64Array): number {
  let squares = 0;
  for (let from = 0; from < x.length; from += mean.length)
    for (let j = 0; j < mean.length; j++) squares += (x[from + j]! - mean[j]!) ** 2;
  return squares;
}

/** Rows less the mean of each column, in units of `unit`, as singles. */
export function centredSingles(x: Float64Array, mean: Float64Array, unit = 1): Float32Array<ArrayBuffer> {
  const singles = new Float32Array(x.length);
  for (let from = 0; from < x.length; from += mean.length)
    for (let j = 0; j < mean.length; j++) singles[from + j] = (x[from + j]! - mean[j]!) / unit;
  return singles;
}
