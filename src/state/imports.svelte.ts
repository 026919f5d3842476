import * as Comlink from "comlink";
import { SvelteSet } from "svelte/reactivity";
import type { ImportFile, ImportProgress, ImportRefusal, ImportResult } from "../protocol/import.ts";
import type { Ask } from "./ask.ts";
import { TimeLeft } from "./time-left.ts";

/** How long an import that went well is listed, in ms: longer where something was noted, which its table keeps. */
const shownFor = 8000;
const notedFor = 30_000;

/** Files on their way into tables, or the end of that way. */
export interface ImportJob {
  readonly id: number;
  readonly files: readonly string[];
  readonly progress: ImportProgress;
  /** Seconds until the bytes are read, once that can be told. */
  readonly secondsLeft: number | null;
  readonly results: readonly ImportResult[] | null;
}

/** The imports of the open notebook: one at a time, each with its progress and its end. */
export class Imports {
  jobs = $state.raw<readonly ImportJob[]>([]);

  #notebook: string | null = null;
  #line: Promise<unknown> = Promise.resolve();
  #count = 0;
  /** The one that the engine reads now, of whatever notebook. */
  #running: number | null = null;
  readonly #cancelled = new SvelteSet<number>();

  /** `done` is awaited after an import that made tables. */
  constructor(
    private readonly ask: Ask,
    private readonly done: () => Promise<void>,
  ) {}

  /** Lists the imports of this notebook from here on; those of another one go on unseen. */
  open(notebook: string): void {
    this.#notebook = notebook;
    this.jobs = [];
  }

  /** Reads files into tables, after those that are being read. `name` names the table where there is one. */
  read(files: readonly ImportFile[], name: string | null = null): Promise<readonly ImportResult[]> {
    const notebook = this.#notebook;
    if (notebook === null) throw new Error("no notebook is open");
    const id = ++this.#count;
    const total = files.reduce((sum, { file }) => sum + file.size, 0);
    const progress: ImportProgress = { phase: "reading", file: files[0]?.path ?? "", done: 0, total };
    const names = files.map(({ path }) => path);
    this.jobs = [...this.jobs, { id, files: names, progress, secondsLeft: null, results: null }];
    const results = this.#line.then(() => this.#run(notebook, id, files, name));
    this.#line = results.catch(() => undefined);
    return results;
  }

  /** Ends an import; nothing of its files stays. */
  async cancel(job: number): Promise<void> {
    this.#cancelled.add(job);
    if (job === this.#running) await this.ask((engine) => engine.cancelImport());
  }

  /** Ends all imports of the open notebook. */
  async cancelAll(): Promise<void> {
    for (const { id, results } of this.jobs) if (results === null) await this.cancel(id);
  }

  /** Resolves once all imports there are have ended. */
  async ended(): Promise<void> {
    await this.#line;
  }

  /** Whether an import is to be cancelled. */
  isCancelled(job: number): boolean {
    return this.#cancelled.has(job);
  }

  /** Takes an import that has ended out of the list. */
  dismiss(job: number): void {
    this.jobs = this.jobs.filter(({ id }) => id !== job);
  }

  /** Takes all imports that have ended out of the list. */
  dismissEnded(): void {
    this.jobs = this.jobs.filter(({ results }) => results === null);
  }

  async #run(
    notebook: string,
    id: number,
    files: readonly ImportFile[],
    name: string | null,
  ): Promise<readonly ImportResult[]> {
    const results = this.#cancelled.has(id)
      ? refused(files, { why: "cancelled" })
      : await this.#import(notebook, id, files, name);
    this.#update(id, { results });
    const wentWell = results.every(({ state }) => state === "imported");
    const isNoted = results.some((result) => result.state === "imported" && result.notes.length > 0);
    if (wentWell) setTimeout(() => this.dismiss(id), isNoted ? notedFor : shownFor);
    if (results.some(({ state }) => state === "imported")) await this.done();
    return results;
  }

  async #import(
    notebook: string,
    id: number,
    files: readonly ImportFile[],
    name: string | null,
  ): Promise<readonly ImportResult[]> {
    const timeLeft = new TimeLeft();
    const report = Comlink.proxy((progress: ImportProgress) =>
      this.#update(id, { progress, secondsLeft: timeLeft.after(progress, Date.now()) }),
    );
    this.#running = id;
    try {
      return await this.ask(
        (engine, notebook) => engine.importFiles(notebook, files, name, report),
        notebook,
      );
    } catch (error) {
      return refused(files, { why: "unreadable", message: (error as Error).message, line: null });
    } finally {
      this.#running = null;
    }
  }

  #update(id: number, part: Partial<ImportJob>): void {
    this.jobs = this.jobs.map((job) => (job.id === id ? { ...job, ...part } : job));
  }
}

function refused(files: readonly ImportFile[], refusal: ImportRefusal): readonly ImportResult[] {
  return files.map(({ path }) => ({ state: "refused", file: path, refusal }));
}
