import { columnFrom, takeColumn, type Column, type Value } from "./column.ts";
import { sliceColumn } from "./packed-column.ts";
import type { Role } from "./role.ts";

/** One row of a table as an object, missing values `null`. */
export type Row = Record<string, Value>;

/** What columns are to retention science, by name. */
export type Roles = ReadonlyMap<string, Role>;

/** A table: named columns of one length, and the roles that some of them have. Rows are counted from 0. */
export class Table {
  readonly columns: readonly string[];
  readonly numRows: number;
  readonly #columns: ReadonlyMap<string, Column>;

  constructor(
    columns: Iterable<readonly [string, Column]>,
    numRows?: number,
    /** Those of a table of the notebook; they stay with columns that are selected and rows that are taken. */
    readonly roles: Roles = new Map(),
  ) {
    this.#columns = new Map(columns);
    this.columns = [...this.#columns.keys()];
    this.numRows = numRows ?? this.#columns.values().next().value?.length ?? 0;
    for (const [name, column] of this.#columns)
      if (column.length !== this.numRows)
        throw new RangeError(`column "${name}": expected ${this.numRows} rows, got ${column.length}`);
  }

  /** A table of row objects, or of an object of columns. Names come in the order they first appear. */
  static from(source: Iterable<object> | Record<string, Iterable<unknown> | ArrayLike<unknown>>): Table {
    if (!(Symbol.iterator in source))
      return new Table(
        Object.entries(source).map(([name, values]) => [name, named(name, () => toColumn(values))] as const),
      );
    const rows = [...source] as Record<string, unknown>[];
    const names = new Set(rows.flatMap((row) => Object.keys(row)));
    return new Table(
      [...names].map((name) => [name, named(name, () => columnFrom(rows.map((row) => row[name])))] as const),
      rows.length,
    );
  }

  /** The column of that name; an unknown name is a RangeError that lists the known ones. */
  column(name: string): Column {
    const column = this.#columns.get(name);
    if (!column)
      throw new RangeError(
        `no column "${name}"; this table has ${this.columns.map((c) => `"${c}"`).join(", ")}`,
      );
    return column;
  }

  /** The table with these columns only, in this order. */
  select(...names: string[]): Table {
    return new Table(
      names.map((name) => [name, this.column(name)] as const),
      this.numRows,
      new Map([...this.roles].filter(([name]) => names.includes(name))),
    );
  }

  /** The table without these columns. */
  drop(...names: string[]): Table {
    for (const name of names) this.column(name);
    return this.select(...this.columns.filter((name) => !names.includes(name)));
  }

  /** The table whose columns have these roles. */
  withRoles(roles: Roles): Table {
    return new Table(this.#columns, this.numRows, roles);
  }

  /** The rows at `indices`, in that order; a place that is no row of the table is a RangeError. */
  take(indices: ArrayLike<number>): Table {
    for (let i = 0; i < indices.length; i++) {
      const index = indices[i]!;
      if (!(Number.isInteger(index) && index >= 0 && index < this.numRows))
        throw new RangeError(`take: expected rows from 0 to ${this.numRows - 1}, got ${index}`);
    }
    return new Table(
      this.columns.map((name) => [name, takeColumn(this.column(name), indices)] as const),
      indices.length,
      this.roles,
    );
  }

  /** Rows `from` to `to`; typed arrays are shared, not copied. */
  slice(from: number, to: number): Table {
    const start = Math.min(from, this.numRows);
    const end = Math.max(Math.min(to, this.numRows), start);
    return new Table(
      this.columns.map((name) => [name, sliceColumn(this.column(name), start, end)] as const),
      end - start,
      this.roles,
    );
  }

  /** The first n rows. */
  head(n = 5): Table {
    return this.take(Array.from({ length: Math.min(Math.max(n, 0), this.numRows) }, (_, i) => i));
  }

  /** All rows as objects. */
  toArray(): Row[] {
    return Array.from({ length: this.numRows }, (_, i) => this.row(i));
  }

  /** Row i as an object. */
  row(i: number): Row {
    return Object.fromEntries(this.columns.map((name) => [name, this.column(name).at(i)]));
  }

  *[Symbol.iterator](): Iterator<Row> {
    for (let i = 0; i < this.numRows; i++) yield this.row(i);
  }
}

function toColumn(values: Iterable<unknown> | ArrayLike<unknown>): Column {
  return isColumn(values) ? values : columnFrom(values);
}

function isColumn(value: object): value is Column {
  return "nullCount" in value && "at" in value;
}

function named<T>(name: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new TypeError((error as Error).message.replace(/^column:/, `column "${name}":`), { cause: error });
  }
}
