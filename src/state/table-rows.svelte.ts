import { SvelteMap } from "svelte/reactivity";
import { tableFromArrow } from "../data/arrow.ts";
import type { Value } from "../data/column.ts";
import type { Table } from "../data/table.ts";
import type { ColumnFilter, RowsQuery } from "../protocol/table-info.ts";
import type { Ask } from "./ask.ts";

/** Rows asked for at once. */
const pageRows = 200;
/** Pages that wait; an older wish was scrolled past. */
const mostWanted = 4;

/** Which rows are looked at, in which order. */
export type RowsOrder = Pick<RowsQuery, "sort" | "filters">;

/** The rows of one order that have been read so far. */
class Reading {
  readonly pages = new SvelteMap<number, Table>();

  constructor(
    readonly order: RowsOrder,
    /** How many rows pass the filters. */
    readonly count: number,
  ) {}
}

/** The rows of one table under a sort and filters, read page by page as they are looked at, once `read` has begun. */
export class TableRows {
  /** What was asked for; it is shown once its first page is there. */
  order = $state.raw<RowsOrder>({ sort: null, filters: [] });
  failure = $state<string | null>(null);

  #reading = $state.raw<Reading | null>(null);
  /** Counts what was asked for: only the last of it is shown. */
  #asked = 0;
  #wanted: number[] = [];
  #working = false;

  constructor(
    private readonly ask: Ask,
    readonly table: string,
  ) {}

  /** How many rows are shown; null before the first are there. */
  get count(): number | null {
    return this.#reading?.count ?? null;
  }

  /** Whether what is shown is not yet what was asked for. */
  get isBehind(): boolean {
    return this.failure === null && this.#reading?.order !== this.order;
  }

  /** Sorts by a column: upwards, then downwards, then not at all. */
  sortBy(column: string): void {
    const { sort, filters } = this.order;
    const next =
      sort?.column !== column
        ? { column, descending: false }
        : sort.descending
          ? null
          : { column, descending: true };
    this.#set({ sort: next, filters });
  }

  /** Takes the filter of a column away. */
  unfilter(column: string): void {
    this.#set({ ...this.order, filters: this.#others(column) });
  }

  /** Sets the filter of a column once its first rows are there; rejects where they cannot be read, and then all stays as it was. */
  async filter(filter: ColumnFilter): Promise<void> {
    const asked = ++this.#asked;
    const order = { ...this.order, filters: [...this.#others(filter.column), filter] };
    const reading = await this.#open(order);
    // Meanwhile something else may have been asked for.
    if (asked !== this.#asked) return;
    this.order = order;
    this.failure = null;
    this.#reading = reading;
  }

  /** Takes all filters away. */
  showAll(): void {
    this.#set({ ...this.order, filters: [] });
  }

  /** Reads the rows anew, from the first page on. */
  async read(): Promise<void> {
    const { order } = this;
    this.failure = null;
    try {
      const reading = await this.#open(order);
      if (order === this.order) this.#reading = reading;
    } catch (error) {
      if (order === this.order) this.failure = (error as Error).message;
    }
  }

  /** The value in a row of a column; undefined while it is on its way. */
  at(row: number, column: string): Value | undefined {
    const index = Math.floor(row / pageRows);
    const page = this.#reading?.pages.get(index);
    if (page) return row % pageRows < page.numRows ? page.column(column).at(row % pageRows) : undefined;
    queueMicrotask(() => this.#want(index));
    return undefined;
  }

  /** Reads the page that a row is on; resolves when it is there, or could not be read. */
  async load(row: number): Promise<void> {
    const reading = this.#reading;
    if (reading) await this.#load(reading, Math.floor(row / pageRows));
  }

  #others(column: string): readonly ColumnFilter[] {
    return this.order.filters.filter((each) => each.column !== column);
  }

  #set(order: RowsOrder): void {
    this.#asked++;
    this.order = order;
    void this.read();
  }

  #want(page: number): void {
    this.#wanted = [...this.#wanted.filter((each) => each !== page), page].slice(-mostWanted);
    if (!this.#working) void this.#work();
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (let page = this.#wanted.pop(); page !== undefined; page = this.#wanted.pop()) {
      const reading = this.#reading;
      if (reading) await this.#load(reading, page);
    }
    this.#working = false;
  }

  async #load(reading: Reading, page: number): Promise<void> {
    if (reading.pages.has(page)) return;
    try {
      reading.pages.set(page, await this.#page(reading.order, page));
    } catch (error) {
      this.failure = (error as Error).message;
      this.#wanted = [];
    }
  }

  async #open(order: RowsOrder): Promise<Reading> {
    const [count, first] = await Promise.all([
      this.ask((engine, notebook) => engine.countRows(notebook, this.table, order.filters)),
      this.#page(order, 0),
    ]);
    const reading = new Reading(order, count);
    reading.pages.set(0, first);
    return reading;
  }

  async #page({ sort, filters }: RowsOrder, page: number): Promise<Table> {
    const query = { offset: page * pageRows, limit: pageRows, sort, filters };
    return tableFromArrow(await this.ask((engine, notebook) => engine.rows(notebook, this.table, query)));
  }
}
