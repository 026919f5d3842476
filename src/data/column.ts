/** What the values of a column are. `other` holds lists, structs and the like as plain objects. */
export type ColumnType = "number" | "string" | "boolean" | "date" | "other";

/** A value a cell of a table may hold; missing is `null`. */
export type Value =
  number | string | boolean | Date | null | readonly unknown[] | { readonly [key: string]: unknown };

/** A typed array of numbers. */
export type NumberArray =
  Float64Array | Float32Array | Int32Array | Uint32Array | Int16Array | Uint16Array | Int8Array | Uint8Array;

/** One column of a table: n values of one type, missing ones `null`. */
export interface Column<T = Value> extends Iterable<T | null> {
  readonly type: ColumnType;
  readonly length: number;
  readonly nullCount: number;
  /** All values; a typed array where the column is numeric (a missing number is NaN there). */
  readonly values: ArrayLike<T | null>;
  /** The value at row i, `null` where it is missing. */
  at(i: number): T | null;
}

/** A numeric column over a typed array. `valid[i] === 0` marks row i as missing. */
export class NumberColumn implements Column<number> {
  readonly type = "number";
  readonly length: number;
  readonly nullCount: number;

  constructor(
    readonly values: NumberArray,
    readonly valid: Uint8Array | null = null,
  ) {
    this.length = values.length;
    this.nullCount = valid ? countZeros(valid) : 0;
  }

  at(i: number): number | null {
    if (this.valid && !this.valid[i]) return null;
    return this.values[i] ?? null;
  }

  *[Symbol.iterator](): Iterator<number | null> {
    for (let i = 0; i < this.length; i++) yield this.at(i);
  }
}

/** A column whose values are read one by one through a function and kept once read as a whole. */
export class LazyColumn<T> implements Column<T> {
  #all: (T | null)[] | null = null;

  constructor(
    readonly type: ColumnType,
    readonly length: number,
    readonly nullCount: number,
    private readonly read: (i: number) => T | null,
  ) {}

  get values(): (T | null)[] {
    this.#all ??= Array.from({ length: this.length }, (_, i) => this.read(i));
    return this.#all;
  }

  at(i: number): T | null {
    if (i < 0 || i >= this.length) return null;
    return this.#all ? this.#all[i]! : this.read(i);
  }

  *[Symbol.iterator](): Iterator<T | null> {
    for (let i = 0; i < this.length; i++) yield this.at(i);
  }
}

/** The column that holds `values`, its type taken from the first value that is not missing. */
export function columnFrom(values: Iterable<unknown> | ArrayLike<unknown>): Column {
  if (ArrayBuffer.isView(values) && !(values instanceof DataView))
    return new NumberColumn(values as NumberArray);
  const list = Array.from(values, (value) => (value === undefined ? null : (value as Value)));
  const type = typeOf(list.find((value) => value !== null));
  let nullCount = 0;
  for (const [row, value] of list.entries()) {
    if (value === null) nullCount++;
    else if (typeOf(value) !== type)
      throw new TypeError(`column: expected values of type ${type}, got ${describe(value)} in row ${row}`);
  }
  if (type !== "number") return new LazyColumn<Value>(type, list.length, nullCount, (i) => list[i]!);
  const valid = nullCount ? Uint8Array.from(list, (value) => (value === null ? 0 : 1)) : null;
  return new NumberColumn(
    Float64Array.from(list, (value) => (value === null ? NaN : (value as number))),
    valid,
  );
}

/** The rows of `column` at `indices`, in that order. */
export function takeColumn(column: Column, indices: ArrayLike<number>): Column {
  if (column instanceof NumberColumn) {
    const values = new (column.values.constructor as new (n: number) => NumberArray)(indices.length);
    const valid = column.valid ? new Uint8Array(indices.length) : null;
    for (let i = 0; i < indices.length; i++) {
      values[i] = column.values[indices[i]!]!;
      if (valid) valid[i] = column.valid![indices[i]!]!;
    }
    return new NumberColumn(values, valid);
  }
  const list = Array.from(indices, (index) => column.at(index));
  const missing = list.reduce<number>((count, value) => count + (value === null ? 1 : 0), 0);
  return new LazyColumn<Value>(column.type, list.length, missing, (i) => list[i]!);
}

function countZeros(flags: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < flags.length; i++) if (!flags[i]) count++;
  return count;
}

function typeOf(value: unknown): ColumnType {
  if (typeof value === "number" || value === undefined || value === null) return "number";
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "boolean";
  if (value instanceof Date) return "date";
  return "other";
}

function describe(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
