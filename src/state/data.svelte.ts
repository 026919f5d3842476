import * as Comlink from "comlink";
import { SvelteSet } from "svelte/reactivity";
import type { DataEngine } from "../protocol/data.ts";
import type { ImportProgress, ImportResult } from "../protocol/import.ts";
import type { TableInfo } from "../protocol/table-info.ts";

/** How long an import that went well is listed, in ms. */
const shownFor = 8000;

/** Whether the database runs. */
export type DataStatus =
  { readonly state: "off" | "starting" | "ready" } | { readonly state: "failed"; readonly message: string };

/** A file on its way into a table, or the end of that way. */
export interface ImportJob {
  readonly id: number;
  readonly file: string;
  readonly progress: ImportProgress;
  readonly result: ImportResult | null;
}

/** The tables of the open notebook: lists, imports, previews and deletes them through the data worker. */
export class Tables {
  status = $state.raw<DataStatus>({ state: "off" });
  list = $state.raw<readonly TableInfo[]>([]);
  jobs = $state.raw<readonly ImportJob[]>([]);

  #notebook: string | null = null;
  #engine: Promise<Comlink.Remote<DataEngine>> | null = null;
  #line: Promise<unknown> = Promise.resolve();
  #count = 0;
  readonly #cancelled = new SvelteSet<number>();

  /** `start` makes the data worker; it is called on first need. */
  constructor(private readonly start: () => Worker) {}

  /** Shows the tables of this notebook from here on. */
  async open(notebook: string): Promise<void> {
    this.#notebook = notebook;
    this.list = [];
    this.jobs = [];
    if (this.#engine) await this.refresh();
  }

  /** Starts the database where it does not run yet, and lists the tables. */
  async refresh(): Promise<void> {
    const notebook = this.#notebook;
    if (notebook === null) return;
    const engine = await this.#ready(notebook);
    const list = await engine.tables(notebook);
    if (notebook === this.#notebook) this.list = list;
  }

  /** Gives a notebook's tables to whoever holds the other end of the port. */
  async connect(notebook: string, port: MessagePort): Promise<void> {
    const engine = await this.#ready(notebook);
    await engine.connect(notebook, Comlink.transfer(port, [port]));
  }

  /** Reads a file into a table, after those that are being read. */
  importFile(file: File, name: string | null = null): Promise<ImportResult> {
    const notebook = this.#notebook;
    if (notebook === null) throw new Error("no notebook is open");
    const id = ++this.#count;
    const progress: ImportProgress = { phase: "reading", file: file.name, done: 0, total: file.size };
    this.jobs = [...this.jobs, { id, file: file.name, progress, result: null }];
    const result = this.#line.then(() => this.#import(notebook, id, file, name));
    this.#line = result.catch(() => undefined);
    return result;
  }

  /** Ends an import; nothing of the file stays. */
  async cancel(job: number): Promise<void> {
    this.#cancelled.add(job);
    const first = this.jobs.find(({ result }) => result === null);
    if (first?.id === job) await (await this.#engine)?.cancelImport();
  }

  /** Takes an import that has ended out of the list. */
  dismiss(job: number): void {
    this.jobs = this.jobs.filter(({ id }) => id !== job);
  }

  /** Rows `offset` to `offset + limit` of a table, as an Arrow IPC stream. */
  async rows(table: string, offset: number, limit: number): Promise<Uint8Array> {
    const notebook = this.#notebook;
    if (notebook === null) throw new Error("no notebook is open");
    return (await this.#ready(notebook)).rows(notebook, table, { offset, limit, sort: null, filters: [] });
  }

  async drop(table: string): Promise<void> {
    const notebook = this.#notebook;
    if (notebook === null) return;
    await (await this.#ready(notebook)).dropTable(notebook, table);
    await this.refresh();
  }

  /** Forgets the tables of a notebook that is itself deleted. */
  async forget(notebook: string): Promise<void> {
    if (this.#engine) await (await this.#engine).close(notebook);
  }

  async #import(notebook: string, id: number, file: File, name: string | null): Promise<ImportResult> {
    const result = this.#cancelled.has(id)
      ? refused(file, { why: "cancelled" })
      : await this.#read(notebook, id, file, name);
    this.#update(id, { result });
    if (result.state === "imported" && result.notes.length === 0)
      setTimeout(() => this.dismiss(id), shownFor);
    if (result.state === "imported") await this.refresh();
    return result;
  }

  async #read(notebook: string, id: number, file: File, name: string | null): Promise<ImportResult> {
    try {
      const engine = await this.#ready(notebook);
      const report = Comlink.proxy((progress: ImportProgress) => this.#update(id, { progress }));
      const [result] = await engine.importFiles(notebook, [{ file, path: file.name }], name, report);
      return result!;
    } catch (error) {
      return refused(file, { why: "unreadable", message: (error as Error).message, line: null });
    }
  }

  #update(id: number, part: Partial<ImportJob>): void {
    this.jobs = this.jobs.map((job) => (job.id === id ? { ...job, ...part } : job));
  }

  async #ready(notebook: string): Promise<Comlink.Remote<DataEngine>> {
    this.#engine ??= this.#begin();
    const engine = await this.#engine;
    // The worker stays: it holds the tables of other notebooks, and the next call tries anew.
    await engine
      .open(notebook, { truth: true, writable: true })
      .catch((error: unknown) => this.#failed(error));
    if (this.status.state !== "ready") this.status = { state: "ready" };
    return engine;
  }

  async #begin(): Promise<Comlink.Remote<DataEngine>> {
    this.status = { state: "starting" };
    const worker = this.start();
    const broken = new Promise<never>((_, reject) => {
      worker.onerror = (event) => reject(new Error(event.message || "the data worker did not load"));
    });
    const engine = Comlink.wrap<DataEngine>(worker);
    const changed = Comlink.proxy((notebook: string) => {
      if (notebook === this.#notebook) void this.refresh();
    });
    await Promise.race([engine.watch(changed), broken]).catch((error: unknown) => {
      worker.terminate();
      this.#engine = null;
      this.#failed(error);
    });
    return engine;
  }

  #failed(error: unknown): never {
    this.status = { state: "failed", message: (error as Error).message };
    throw error;
  }
}

function refused(file: File, refusal: Extract<ImportResult, { state: "refused" }>["refusal"]): ImportResult {
  return { state: "refused", file: file.name, refusal };
}
