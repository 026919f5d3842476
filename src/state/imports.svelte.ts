import * as Comlink from "comlink";
import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type {
  ImportFile,
  ImportOptions,
  ImportProgress,
  ImportRefusal,
  ImportResult,
} from "../protocol/import.ts";
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

/** What was joined in a table: the parts, as its note has them, and the files that they are in. */
interface Joined {
  readonly files: readonly ImportFile[];
  readonly parts: readonly string[];
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
  /** By the notebook and name of the table. */
  readonly #joined = new SvelteMap<string, Joined>();

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
  read(
    files: readonly ImportFile[],
    name: string | null = null,
    options: ImportOptions = {},
  ): Promise<readonly ImportResult[]> {
    const notebook = this.#notebook;
    if (notebook === null) throw new Error("no notebook is open");
    const id = ++this.#count;
    const total = files.reduce((sum, { file }) => sum + file.size, 0);
    const progress: ImportProgress = { phase: "reading", file: files[0]?.path ?? "", done: 0, total };
    const names = files.map(({ path }) => path);
    this.jobs = [...this.jobs, { id, files: names, progress, secondsLeft: null, results: null }];
    const results = this.#line.then(() => this.#run(notebook, id, files, name, options));
    this.#line = results.catch(() => undefined);
    return results;
  }

  /** Whether a table of the open notebook can be read as its parts: it is of several, and was imported in this tab. */
  canPart(table: string): boolean {
    return this.#joinedIn(table) !== undefined;
  }

  /** Reads what was joined in a table anew, each part into a table of its own: all of them or none. */
  readParts(table: string): Promise<readonly ImportResult[]> {
    const joined = this.#joinedIn(table);
    if (!joined) throw new RangeError(`the files of table "${table}" are not at hand`);
    return this.read(joined.files, null, { separate: joined.parts });
  }

  /** Tells that a table has another name now. */
  renamed(notebook: string, table: string, to: string): void {
    const joined = this.#joined.get(key(notebook, table));
    if (!joined) return;
    this.#joined.delete(key(notebook, table));
    this.#joined.set(key(notebook, to), joined);
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

  /** Takes the imports that made that table out of the list. */
  dismissOf(table: string): void {
    const made = (result: ImportResult): boolean =>
      result.state === "imported" && result.table.name === table;
    this.jobs = this.jobs.filter(({ results }) => !results?.some(made));
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
    options: ImportOptions,
  ): Promise<readonly ImportResult[]> {
    const results = this.#cancelled.has(id)
      ? refused(files, { why: "cancelled" })
      : await this.#import(notebook, id, files, name, options);
    this.#update(id, { results });
    for (const result of results) if (result.state === "imported") this.#remember(notebook, result, files);
    const wentWell = results.every(({ state }) => state === "imported");
    const isNoted = results.some((result) => result.state === "imported" && result.notes.length > 0);
    if (wentWell) setTimeout(() => this.dismiss(id), isNoted ? notedFor : shownFor);
    if (results.some(({ state }) => state === "imported")) await this.done();
    return results;
  }

  #joinedIn(table: string): Joined | undefined {
    return this.#notebook === null ? undefined : this.#joined.get(key(this.#notebook, table));
  }

  #remember(notebook: string, result: Imported, files: readonly ImportFile[]): void {
    const joined = joinedOf(result, files);
    if (joined) this.#joined.set(key(notebook, result.table.name), joined);
    else this.#joined.delete(key(notebook, result.table.name));
  }

  async #import(
    notebook: string,
    id: number,
    files: readonly ImportFile[],
    name: string | null,
    options: ImportOptions,
  ): Promise<readonly ImportResult[]> {
    const timeLeft = new TimeLeft();
    const report = Comlink.proxy((progress: ImportProgress) =>
      this.#update(id, { progress, secondsLeft: timeLeft.after(progress, Date.now()) }),
    );
    this.#running = id;
    try {
      return await this.ask(
        (engine, notebook) => engine.importFiles(notebook, files, name, report, options),
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

type Imported = Extract<ImportResult, { state: "imported" }>;

function key(notebook: string, table: string): string {
  return JSON.stringify([notebook, table]);
}

function joinedOf({ table: { source }, notes }: Imported, files: readonly ImportFile[]): Joined | null {
  const note = notes.find((each) => each.note === "joined-files");
  if (source.kind !== "file" || !note) return null;
  const unpacked = ({ path }: ImportFile): string => path.replace(/\.gz$/i, "");
  const read = files.filter(
    (file) => source.files.includes(file.path) || source.files.includes(unpacked(file)),
  );
  return { files: read, parts: note.files };
}

function refused(files: readonly ImportFile[], refusal: ImportRefusal): readonly ImportResult[] {
  return files.map(({ path }) => ({ state: "refused", file: path, refusal }));
}
