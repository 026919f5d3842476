import { SvelteMap } from "svelte/reactivity";
import { runsAlike, type CellSource } from "../notebook/cell-source.ts";
import type { CompiledCell } from "../notebook/compile/compiled.ts";
import type { Cell, LastRun } from "../notebook/document.ts";
import type { NotebookGraph } from "../notebook/graph.ts";
import type { CellFailure } from "../protocol/automation.ts";
import type { RunResult } from "../protocol/kernel.ts";
import { mime, type CellError, type Output } from "../protocol/output.ts";
import type { Json } from "../specs/pack.ts";
import type * as Compiler from "./compiler.ts";
import type { CellStatus } from "./cell-status.ts";
import type { KernelClient } from "./kernel.svelte.ts";
import type { Notebook } from "./notebook.svelte.ts";
import { settled } from "./settled.ts";

/** A run in the kernel that is alive: of the cell as it was, and as the how-manieth. */
interface Ran {
  readonly cell: CellSource;
  readonly order: number;
  readonly generation: number;
}

/** Runs cells one after the other: compiles them, sends them to the kernel, and puts what they show into the document. */
export class Runner {
  /** Outputs of cells that run, before the document has them. */
  readonly live = new SvelteMap<string, readonly Output[]>();
  /** Cells that wait, in order. */
  queue = $state.raw<readonly string[]>([]);
  running = $state.raw<{ readonly cell: string; readonly since: number } | null>(null);

  readonly #ran = new SvelteMap<string, Ran>();
  readonly #compiled = new SvelteMap<string, CompiledCell>();
  #graph = $state.raw<NotebookGraph | null>(null);
  #compiler: Promise<typeof Compiler> | null = null;
  #working: Promise<CellFailure | null> | null = null;
  #order = 0;

  constructor(
    private readonly notebook: Notebook,
    private readonly kernel: KernelClient,
  ) {}

  /** Runs these cells after those that wait; resolves with the error of the first that fails, or null. */
  async run(cells: readonly string[]): Promise<CellFailure | null> {
    const code = cells.filter((id) => (this.notebook.cell(id)?.kind ?? "markdown") !== "markdown");
    this.queue = [
      ...this.queue,
      ...code.filter((id) => !this.queue.includes(id) && this.running?.cell !== id),
    ];
    this.#working ??= this.#work().finally(() => (this.#working = null));
    return this.#working;
  }

  /** Runs all code cells in order, up to the first that fails. */
  runAll(): Promise<CellFailure | null> {
    return this.run(this.notebook.document.cells.map(({ id }) => id));
  }

  /** Stops the cell that runs; those that wait do not run. */
  async stop(): Promise<void> {
    this.queue = [];
    await this.kernel.stop();
  }

  /** A clean kernel; the document stays as it is. */
  async restart(): Promise<void> {
    this.queue = [];
    await this.kernel.restart();
  }

  unqueue(cell: string): void {
    this.queue = this.queue.filter((id) => id !== cell);
  }

  /** The names that cells of the notebook define, in their order. */
  async names(): Promise<readonly string[]> {
    const { cells } = await this.#analyse();
    const names = [...cells.values()].flatMap(({ outputs }) => outputs);
    return names.filter((name, i) => names.indexOf(name) === i);
  }

  /** How many names the kernel that is alive holds. */
  get variables(): number {
    const alive = [...this.#ran.keys()].filter((id) => this.#alive(id));
    return alive.reduce((sum, id) => sum + (this.#graph?.cells.get(id)?.outputs.length ?? 0), 0);
  }

  /** The cell of the notebook that defines the name, and how it ended when it last ran. */
  definition(name: string): { readonly cell: number; readonly ended: LastRun["state"] | null } | null {
    const { cells } = this.notebook.document;
    const cell = cells.find(({ id }) => this.#graph?.cells.get(id)?.outputs.includes(name));
    return cell ? { cell: this.notebook.numberOf(cell.id), ended: cell.lastRun?.state ?? null } : null;
  }

  /** Takes an output of the cell that runs; the same id takes the place of the earlier one. */
  show(cell: string, output: Output): void {
    const shown = this.live.get(cell);
    if (!shown) return;
    const at = shown.findIndex(({ id }) => id === output.id);
    this.live.set(cell, at < 0 ? [...shown, output] : shown.with(at, output));
  }

  statusOf(cell: Cell): CellStatus {
    if (this.running?.cell === cell.id) return { state: "running", since: this.running.since };
    const place = this.queue.indexOf(cell.id);
    if (place >= 0) return { state: "queued", place: place + 1 };
    const { lastRun } = cell;
    if (!lastRun) return { state: "idle" };
    const { seconds, device } = lastRun;
    if (lastRun.state !== "done") return { state: lastRun.state, seconds };
    const ran = this.#alive(cell.id);
    if (!ran) return { state: "kept", seconds, device };
    if (!runsAlike(ran.cell, cell)) return { state: "stale", why: "edited", seconds };
    const needs = this.#graph?.cells.get(cell.id)?.needs ?? [];
    if (needs.some((id) => (this.#alive(id)?.order ?? 0) > ran.order))
      return { state: "stale", why: "upstream", seconds };
    return { state: "done", seconds, device };
  }

  #alive(cell: string): Ran | undefined {
    const ran = this.#ran.get(cell);
    return ran?.generation === this.kernel.generation ? ran : undefined;
  }

  async #work(): Promise<CellFailure | null> {
    for (let next = this.queue[0]; next !== undefined; next = this.queue[0]) {
      this.queue = this.queue.slice(1);
      const cell = this.notebook.cell(next);
      if (!cell) continue;
      this.running = { cell: cell.id, since: Date.now() };
      this.live.set(cell.id, []);
      const error = await this.#runCell(cell).finally(() => {
        this.running = null;
        this.live.delete(cell.id);
      });
      if (error) {
        this.queue = [];
        return { ...error, cell: cell.id, cellNumber: this.notebook.numberOf(cell.id) };
      }
    }
    return null;
  }

  async #runCell(cell: Cell): Promise<CellError | null> {
    const compiler = await this.#load();
    const graph = await this.#analyse();
    const result = compiler.compile(cell, graph, (id) => this.notebook.numberOf(id));
    if (result.state === "failed")
      return this.#end(cell, { state: "failed", seconds: 0, error: result.error });
    this.#compiled.set(cell.id, result.compiled);
    const { code, inputs, outputs } = result.compiled;
    const ended = await this.kernel.run({ cell: cell.id, code, inputs, outputs });
    if (ended.state !== "failed") return this.#end(cell, ended);
    return this.#end(cell, {
      ...ended,
      error: compiler.mapError(ended.error, this.#compiled, result.compiled),
    });
  }

  #load(): Promise<typeof Compiler> {
    return (this.#compiler ??= import("./compiler.ts"));
  }

  async #analyse(): Promise<NotebookGraph> {
    const compiler = await this.#load();
    this.#graph = compiler.analyseNotebook(this.notebook.document.cells, this.#graph ?? undefined);
    return this.#graph;
  }

  /** Puts what a run showed, and how it went, into the document. */
  #end(cell: Cell, result: RunResult): CellError | null {
    const { state, seconds } = result;
    const error = errorOf(cell.id, result);
    if (state === "done")
      this.#ran.set(cell.id, {
        // Not the cell itself: it would keep its old outputs alive.
        cell: { kind: cell.kind, source: cell.source, metadata: cell.metadata },
        order: ++this.#order,
        generation: this.kernel.generation,
      });
    const lastRun: LastRun = {
      state,
      count: this.#nextCount(),
      seconds,
      device: state === "done" ? (result.device?.name ?? null) : null,
    };
    const shown = (this.live.get(cell.id) ?? []).map((output) => settled(output, state));
    this.notebook.setOutputs(
      cell.id,
      state === "failed" ? [...shown, errorOutput(result.error)] : shown,
      lastRun,
    );
    return error;
  }

  #nextCount(): number {
    return (
      1 + this.notebook.document.cells.reduce((most, { lastRun }) => Math.max(most, lastRun?.count ?? 0), 0)
    );
  }
}

function errorOf(cell: string, result: RunResult): CellError | null {
  if (result.state === "failed") return result.error;
  if (result.state === "done") return null;
  return {
    name: "AbortError",
    message: "the run was stopped",
    frames: [{ cell, line: 1, column: 1, name: null }],
    stack: "",
  };
}

function errorOutput(error: CellError): Output {
  return {
    id: "error",
    data: { "text/plain": `${error.name}: ${error.message}`, [mime.error]: error as unknown as Json },
    metadata: {},
    buffers: [],
  };
}
