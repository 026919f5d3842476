import { NumberColumn, takeColumn, type Column, type NumberArray } from "../data/column.ts";
import { Matrix } from "../data/matrix.ts";
import { Table } from "../data/table.ts";
import type { Features, Label, Labels, Numbers } from "./estimator.ts";

/** Rows of features as `TableVectorizer` and pipelines take them: also objects, one a row. */
export type Rows = Features | readonly object[];

/** What `takeRows` takes rows of: features, a column, or an array of any kind. */
export type Sliceable = Rows | Column | ArrayLike<unknown>;

/** What becomes of a missing value: it is refused, or kept as NaN. */
export type Missing = "refuse" | "keep";

/** X as an n×d matrix of doubles. Booleans of a Table are 0 and 1; a missing (unless kept), infinite or other value is a TypeError that names column, value and row. */
export function toMatrix(X: Features, what: string, missing: Missing = "refuse"): Matrix<Float64Array> {
  if (X instanceof Matrix) {
    const matrix = doubles(X);
    checkNumbers(matrix, what, missing);
    return matrix;
  }
  if (X instanceof Table) {
    const data = new Float64Array(X.numRows * X.columns.length);
    for (const [j, name] of X.columns.entries()) {
      const values = toNumbers(X.column(name) as Numbers, `${what}: column "${name}"`, missing);
      for (let i = 0; i < values.length; i++) data[i * X.columns.length + j] = values[i]!;
    }
    return new Matrix(data, X.numRows, X.columns.length);
  }
  if (!Array.isArray(X))
    throw new TypeError(`${what}: expected a Table, a Matrix or an array of rows, got ${describe(X)}`);
  return fromRows(X as readonly ArrayLike<number>[], what, missing);
}

/** X as `toMatrix` takes it, but a Matrix as it is: singles stay singles, and what is missing or infinite is left to `checkNumbers`. */
export function toRows(X: Features, what: string): Matrix {
  return X instanceof Matrix ? X : toMatrix(X, what);
}

/** A TypeError that names column, value and row where a number of X is missing (unless kept) or infinite. */
export function checkNumbers(X: Matrix, what: string, missing: Missing = "refuse"): void {
  const bad = firstBad(X.data, missing);
  if (bad >= 0)
    throw new TypeError(
      `${what}: column ${bad % X.columns}: expected numbers, got ${X.data[bad]} in row ${Math.floor(bad / X.columns)}`,
    );
}

/** Names of the columns of X; where it has none they are x0, x1, …, as in scikit-learn. */
export function columnNames(X: Features): readonly string[] {
  if (X instanceof Table) return X.columns;
  const width = X instanceof Matrix ? X.columns : (X[0]?.length ?? 0);
  return Array.from({ length: width }, (_, j) => `x${j}`);
}

/** The column names a fit remembers: those of a Table, null where X has none. */
export function fittedNames(X: Features): readonly string[] | null {
  return X instanceof Table ? X.columns : null;
}

/** X with its columns in the order of the fit. A Table must have the columns of the fit and no others; anything else must have as many. */
export function alignColumns(
  X: Features,
  columns: number,
  names: readonly string[] | null,
  what: string,
): Features {
  if (X instanceof Table && names) {
    const stray = X.columns.find((name) => !names.includes(name));
    if (stray !== undefined)
      throw new RangeError(
        `${what}: column "${stray}" was not in the fit; it had ${names.map((c) => `"${c}"`).join(", ")}`,
      );
    return X.select(...names);
  }
  const width = columnNames(X).length;
  if (width !== columns && rowCount(X) > 0)
    throw new RangeError(`${what}: expected ${columns} columns, as in fit, got ${width}`);
  return X;
}

/** How many rows X, or values y, has. */
export function rowCount(X: Sliceable): number {
  if (X instanceof Table) return X.numRows;
  return X instanceof Matrix ? X.rows : X.length;
}

/** The sorted distinct labels of y and, for each row, the place of its label among them. Missing labels and labels of mixed types are a TypeError. */
export function toLabels(y: Labels, what = "y"): { classes: Label[]; codes: Int32Array } {
  const labels = listOf<unknown>(y, what);
  const first = labels[0];
  const seen = new Map<Label, number>();
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row];
    if (!isLabel(label))
      throw new TypeError(`${what}: expected a label, got ${describe(label)} in row ${row}`);
    if (typeof label !== typeof first)
      throw new TypeError(
        `${what}: expected labels of type ${typeof first}, got ${describe(label)} in row ${row}`,
      );
    seen.set(label, 0);
  }
  const classes = [...seen.keys()].sort(compareLabels);
  for (const [code, label] of classes.entries()) seen.set(label, code);
  return { classes, codes: Int32Array.from(labels, (label) => seen.get(label as Label)!) };
}

/** The order of labels of one type: numbers by size, text by code unit, false before true. */
export function compareLabels(a: Label, b: Label): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The values as doubles, booleans as 0 and 1. A missing (unless kept), infinite or other value is a TypeError that names value and row. */
export function toNumbers(values: Numbers, what: string, missing: Missing = "refuse"): Float64Array {
  const list = listOf<unknown>(values, what);
  const numbers = new Float64Array(list.length);
  for (let i = 0; i < numbers.length; i++) {
    const value = list[i];
    if (typeof value === "boolean") numbers[i] = value ? 1 : 0;
    else if (typeof value === "number" && Number.isFinite(value)) numbers[i] = value;
    else if (missing === "keep" && isMissing(value)) numbers[i] = NaN;
    else throw new TypeError(`${what}: expected numbers, got ${describe(value)} in row ${i}`);
  }
  return numbers;
}

/** The rows of X, or values of y, at `indices`, in that order and in a container of the same kind. */
export function takeRows<X extends Sliceable>(X: X, indices: ArrayLike<number>): X {
  return take(X, indices) as X;
}

/** A RangeError where two inputs differ in rows, or have none. */
export function checkSameRows(a: string, rowsA: number, b: string, rowsB: number): void {
  if (rowsA !== rowsB)
    throw new RangeError(`expected as many rows in ${b} as in ${a}, ${rowsA}, got ${rowsB}`);
  if (rowsA === 0) throw new RangeError(`${a}: expected at least one row, got 0`);
}

/** A value as an error names it: text in quotes, missing as "null", long things cut short. */
export function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (value instanceof Date)
    return `the date ${Number.isNaN(value.getTime()) ? "Invalid" : value.toISOString()}`;
  if (value instanceof Matrix)
    return `a ${value.rows} × ${value.columns} matrix (take one column of it: column(1))`;
  if (value instanceof Table) return `a table (take one column of it: column("${value.columns[0] ?? "…"}"))`;
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Promise) return "a Promise (put await before what makes it)";
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
  return typeof value === "function" ? "a function" : String(value);
}

function take(X: Sliceable, indices: ArrayLike<number>): Sliceable {
  if (X instanceof Table) return X.take(indices);
  if (X instanceof Matrix) return takeMatrix(X, indices);
  if (isColumn(X)) return takeColumn(X, indices);
  if (ArrayBuffer.isView(X)) return takeColumn(new NumberColumn(X as NumberArray), indices).values;
  return Array.from(indices, (index) => (X as ArrayLike<unknown>)[index]);
}

function takeMatrix(X: Matrix, indices: ArrayLike<number>): Matrix {
  const data = new (X.data.constructor as new (n: number) => typeof X.data)(indices.length * X.columns);
  for (let i = 0; i < indices.length; i++) data.set(X.row(indices[i]!), i * X.columns);
  return new Matrix(data, indices.length, X.columns);
}

function isColumn(value: unknown): value is Column {
  return typeof value === "object" && value !== null && "nullCount" in value && "at" in value;
}

function isLabel(value: unknown): value is Label {
  return (
    typeof value === "string" ||
    typeof value === "boolean" ||
    (typeof value === "number" && !Number.isNaN(value))
  );
}

function listOf<T>(values: Column | ArrayLike<T> | Iterable<T>, what: string): ArrayLike<T> {
  if (Array.isArray(values) || ArrayBuffer.isView(values)) return values as ArrayLike<T>;
  if (values instanceof NumberColumn && !values.valid)
    return values.values as ArrayLike<unknown> as ArrayLike<T>;
  const usable =
    typeof values === "object" && values !== null && !(values instanceof Matrix || values instanceof Table);
  if (!usable || !(Symbol.iterator in values || "length" in values))
    throw new TypeError(`${what}: expected an array or a column of values, got ${describe(values)}`);
  return Array.from(values as Iterable<T> | ArrayLike<T>);
}

function doubles(X: Matrix): Matrix<Float64Array> {
  if (X.data instanceof Float64Array) return X as Matrix<Float64Array>;
  return new Matrix(new Float64Array(X.data), X.rows, X.columns);
}

/** Where the first number is that cannot be used; −1 where there is none. */
function firstBad(values: Float32Array | Float64Array, missing: Missing): number {
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]) && !(missing === "keep" && isMissing(values[i]))) return i;
  return -1;
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

function fromRows(rows: readonly ArrayLike<number>[], what: string, missing: Missing): Matrix<Float64Array> {
  const width = rows[0]?.length ?? 0;
  const data = new Float64Array(rows.length * width);
  for (const [i, row] of rows.entries()) {
    if (!Array.isArray(row) && !ArrayBuffer.isView(row))
      throw new TypeError(
        `${what}: expected an array of numbers in every row, got ${describe(row)} in row ${i}` +
          (typeof row === "object" && row !== null ? "; TableVectorizer turns objects into numbers" : ""),
      );
    if (row.length !== width)
      throw new TypeError(`${what}: expected ${width} numbers in every row, got ${row.length} in row ${i}`);
    for (let j = 0; j < width; j++) {
      const value: unknown = row[j];
      if (missing === "keep" && isMissing(value)) {
        data[i * width + j] = NaN;
        continue;
      }
      if (typeof value !== "number" || !Number.isFinite(value))
        throw new TypeError(`${what}: column ${j}: expected numbers, got ${describe(value)} in row ${i}`);
      data[i * width + j] = value;
    }
  }
  return new Matrix(data, rows.length, width);
}
