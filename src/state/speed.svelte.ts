import { untilAborted } from "../core/until-aborted.ts";
import type { SpeedCaseInfo, SpeedSize } from "../specs/speed.ts";
import type { SpeedOutcome, SpeedReport, SpeedRow } from "../specs/speed-report.ts";
import type { DeviceInfo } from "../specs/training.ts";
import type { KernelClient } from "./kernel.svelte.ts";
import { speedJobs, withOutcome, type SpeedJob } from "./speed-jobs.ts";
import { speedReport } from "./speed-report.ts";

/** What measuring needs of a kernel. */
export type SpeedKernel = Pick<KernelClient, "findDevice" | "speedCases" | "measureSpeed" | "close">;

/** What is being done. */
export type SpeedStatus =
  | { readonly state: "closed" | "opening" | "ready" }
  | {
      readonly state: "running";
      readonly job: SpeedJob;
      /** Measurements made of this run, and to make. */
      readonly done: number;
      readonly total: number;
      /** When the run began, in ms since 1970. */
      readonly since: number;
    }
  | { readonly state: "failed"; readonly message: string };

/** How a run of measurements ended. */
export interface SpeedRun {
  readonly measured: number;
  readonly failed: number;
  /** Measurements that it was to make. */
  readonly total: number;
  /** Whether a person stopped it. */
  readonly stopped: boolean;
}

/** The longest that one measurement may take, in seconds: a kernel that has run out of memory never answers. */
const longest = 300;
const longestMessage = 200;

/** Measurements of this machine, made in a kernel of their own: the notebook's keeps its variables. */
export class Speed {
  status = $state.raw<SpeedStatus>({ state: "closed" });
  cases = $state.raw<readonly SpeedCaseInfo[]>([]);
  device = $state.raw<DeviceInfo | null>(null);
  /** Ids of the cases that are left out. */
  leftOut = $state.raw<readonly string[]>([]);
  size = $state<SpeedSize>("small");
  /** What was measured so far; it outlives the kernel. */
  rows = $state.raw<readonly SpeedRow[]>([]);
  /** How the last run ended; null before there is one. */
  ended = $state.raw<SpeedRun | null>(null);

  #measuredAt = 0;
  #kernel: SpeedKernel | null = null;
  #stopping: AbortController | null = null;

  constructor(private readonly openKernel: () => SpeedKernel) {}

  /** Starts a kernel and asks it what it can measure, and on what. */
  async open(): Promise<void> {
    if (this.#kernel) return;
    this.status = { state: "opening" };
    const kernel = (this.#kernel = this.openKernel());
    try {
      const [device, cases] = await Promise.all([kernel.findDevice(), kernel.speedCases()]);
      if (this.#kernel !== kernel) return;
      this.device = device;
      this.cases = cases;
      this.status = { state: "ready" };
    } catch (error) {
      if (this.#kernel !== kernel) return;
      this.#closeKernel();
      this.status = { state: "failed", message: (error as Error).message };
    }
  }

  /** Ends the run and the kernel; what was measured stays. */
  close(): void {
    this.stop();
    this.#closeKernel();
    this.status = { state: "closed" };
  }

  /** Ends the run; what was measured so far stays. */
  stop(): void {
    this.#stopping?.abort();
  }

  /** Whether a case is measured by the next run. */
  isChosen(id: string): boolean {
    return !this.leftOut.includes(id);
  }

  /** Has a case measured by the next run, or leaves it out. */
  choose(id: string, chosen: boolean): void {
    this.leftOut = [...this.leftOut.filter((each) => each !== id), ...(chosen ? [] : [id])];
  }

  /** Measures the chosen cases at the chosen size, one after the other; one that fails does not end the others. */
  async run(): Promise<void> {
    const { device, size } = this;
    if (!device || this.status.state !== "ready") return;
    const { signal } = (this.#stopping = new AbortController());
    const chosen = this.cases.filter(({ id }) => this.isChosen(id));
    const jobs = speedJobs(chosen, size, device);
    const since = Date.now();
    const made: SpeedOutcome[] = [];
    for (const [done, job] of jobs.entries()) {
      this.status = { state: "running", job, done, total: jobs.length, since };
      const outcome = await this.#outcome(job, signal);
      if (signal.aborted || !outcome) break;
      made.push(outcome);
      this.rows = withOutcome(this.rows, job, outcome);
      this.#measuredAt = Date.now();
    }
    this.#stopping = null;
    const measured = made.filter(({ state }) => state === "measured").length;
    const failed = made.length - measured;
    this.ended = { measured, failed, total: jobs.length, stopped: signal.aborted };
    if (this.#isRunning()) this.status = { state: "ready" };
  }

  /** What was measured, with the machine it was measured on; null where nothing was. */
  report(machine: Pick<Navigator, "userAgent" | "hardwareConcurrency">): SpeedReport | null {
    const { device, rows } = this;
    return device && rows.length > 0 ? speedReport(device, rows, this.#measuredAt, machine) : null;
  }

  /** Makes one measurement; null where it was stopped. */
  async #outcome({ info, runner, size }: SpeedJob, stopped: AbortSignal): Promise<SpeedOutcome | null> {
    const kernel = (this.#kernel ??= this.openKernel());
    const tooLong = new AbortController();
    const timer = setTimeout(() => tooLong.abort(), 1000 * longest);
    try {
      const signal = AbortSignal.any([stopped, tooLong.signal]);
      const measured = await untilAborted(() => kernel.measureSpeed(info.id, runner, size), signal);
      return { state: "measured", measured };
    } catch (error) {
      // What it left in memory would weigh on the next; the next starts a kernel of its own.
      if (this.#kernel === kernel) this.#closeKernel();
      if (stopped.aborted) return null;
      if (tooLong.signal.aborted) return { state: "timed-out", seconds: longest };
      return { state: "failed", message: (error as Error).message.slice(0, longestMessage) };
    } finally {
      clearTimeout(timer);
    }
  }

  #isRunning(): boolean {
    return this.status.state === "running";
  }

  #closeKernel(): void {
    this.#kernel?.close();
    this.#kernel = null;
  }
}
