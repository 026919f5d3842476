import { SvelteMap } from "svelte/reactivity";
import { tableFromArrow } from "../data/arrow.ts";
import type { Value } from "../data/column.ts";
import type { Table } from "../data/table.ts";
import type { Ask } from "./ask.ts";

/** Rows asked for at once: each page runs the query again, so few large ones are better than many small ones. */
const pageRows = 1000;
/** Pages that are kept; the oldest make room. */
const mostPages = 60;
/** Pages that wait; an older wish was scrolled past. */
const mostWanted = 2;

/** The rows of a result that is too large to hold, read page by page as they are looked at. */
export class ResultRows {
  /** How many rows there are; null until they were counted or the last one was seen. */
  count = $state<number | null>(null);
  /** Whether only the first rows are left: the kernel that made the result is gone, or its cell has run again. */
  gone = $state(false);

  readonly #pages = new SvelteMap<number, Table>();
  #wanted: number[] = [];
  #working = false;

  constructor(
    private readonly ask: Ask,
    private readonly result: string,
    /** The first rows, which are there from the start. */
    private readonly first: Table,
    count: number | null,
  ) {
    this.count = count;
  }

  /** The value in a row of a column; undefined while it is on its way. */
  at(row: number, column: string): Value | undefined {
    if (row < this.first.numRows) return this.first.column(column).at(row);
    const index = Math.floor(row / pageRows);
    const page = this.#pages.get(index);
    if (!page) queueMicrotask(() => this.#want(index));
    else if (row % pageRows < page.numRows) return page.column(column).at(row % pageRows);
    return undefined;
  }

  /** Reads the page that a row is on; resolves when it is there, or the result is known to be gone. */
  async load(row: number): Promise<void> {
    if (row >= this.first.numRows) await this.#load(Math.floor(row / pageRows));
  }

  #want(page: number): void {
    this.#wanted = [...this.#wanted.filter((each) => each !== page), page].slice(-mostWanted);
    if (!this.#working) void this.#work();
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (let page = this.#wanted.pop(); page !== undefined && !this.gone; page = this.#wanted.pop())
      await this.#load(page);
    this.#working = false;
  }

  /** Asks whether the result is there still, at no cost. */
  async check(): Promise<void> {
    try {
      await this.ask((engine, notebook) => engine.resultRows(notebook, this.result, 0, 0));
    } catch {
      this.gone = true;
    }
  }

  async #load(page: number): Promise<void> {
    if (this.#pages.has(page)) return;
    try {
      this.#keep(page, await this.#read(page));
    } catch {
      this.gone = true;
    }
  }

  async #read(page: number): Promise<Table> {
    return tableFromArrow(
      await this.ask((engine, notebook) =>
        engine.resultRows(notebook, this.result, page * pageRows, pageRows),
      ),
    );
  }

  #keep(index: number, page: Table): void {
    this.#pages.set(index, page);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > mostPages) this.#pages.delete(oldest!);
    if (page.numRows < pageRows)
      this.count = Math.min(this.count ?? Infinity, index * pageRows + page.numRows);
  }
}
