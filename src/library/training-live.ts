import type { DeviceInfo, FitStarts, Resumption, TrainingMeasure, TrainingSpec } from "../specs/training.ts";
import { session, type Session } from "./session.ts";

/** Losses of the epochs done so far. `validationLoss` is empty where no rows are held out. */
export interface LossCurves {
  readonly loss: readonly number[];
  readonly validationLoss: readonly number[];
  /** How many are done; as many as there are losses, where it is missing. */
  readonly done?: number;
  /** Where the fit is by its starts, where it has any. */
  readonly starts?: FitStarts;
}

const none: LossCurves = { loss: [], validationLoss: [] };
const interval = 100;
const fits = new WeakMap<Session, number>();

/** One fit as the cell that runs it sees it: shown as it goes, ended by Stop, and aborted with the cell. Outside a cell it is silent. */
export class LiveFit {
  /** Whether a person pressed Stop. */
  stopped = false;
  readonly #session = session();
  readonly #name: string;
  readonly #started = performance.now();
  readonly #unlisten: () => void;
  readonly #resumed: Resumption[] = [];
  #device: DeviceInfo | null = null;
  #curves = none;
  #shown = -Infinity;

  constructor(
    readonly title: string,
    readonly epochs: number,
    private readonly counts: NonNullable<TrainingSpec["counts"]> = "epochs",
    private readonly measure: TrainingMeasure = "loss",
    /** The loss of a model that has learnt nothing, where that is known: one that is far above it diverges. */
    private readonly untrained?: number,
  ) {
    const count = this.#session ? (fits.get(this.#session) ?? 0) + 1 : 0;
    if (this.#session) fits.set(this.#session, count);
    this.#name = `${title}-${count}`;
    this.#unlisten = this.#session?.onStopFit(this.#name, () => (this.stopped = true)) ?? (() => undefined);
  }

  /** Shows the fit at its start on that device, or where it goes on there. */
  begin(device: DeviceInfo, curves = none): void {
    this.#device = device;
    this.#curves = curves;
    this.#show("running", curves);
  }

  /** Devices that were lost so far. */
  get resumed(): readonly Resumption[] {
    return this.#resumed;
  }

  /** Remembers that its device was lost in the epoch under way, and what it goes on with: the name of a device, and how many epochs were kept. */
  lostDevice(device: string, from: number): void {
    this.#resumed.push({ lostIn: this.#curves.loss.length + 1, from, device });
  }

  /** Shows how far the fit is, but no more than ten times a second. */
  progress(curves: LossCurves): void {
    this.#curves = curves;
    if (performance.now() - this.#shown >= interval) this.#show("running", curves);
  }

  /** Shows how the fit ended, and stops listening to Stop. */
  end(state: Exclude<TrainingSpec["state"], "running">, curves = this.#curves): void {
    this.#unlisten();
    this.#show(state, curves);
  }

  /** Whether the person stopped the cell. */
  get aborted(): boolean {
    return this.#session?.signal.aborted ?? false;
  }

  /** An AbortError where the person stopped the cell. */
  throwIfAborted(): void {
    throwIfAborted(this.#session);
  }

  #show(state: TrainingSpec["state"], curves: LossCurves): void {
    if (!this.#session || !this.#device) return;
    const { loss, validationLoss, starts, done = loss.length } = curves;
    this.#shown = performance.now();
    const elapsed = (this.#shown - this.#started) / 1000;
    const spec: TrainingSpec = {
      view: "training",
      fit: this.#name,
      state,
      title: this.title,
      device: this.#device,
      ...(this.counts !== "epochs" && { counts: this.counts }),
      ...(this.measure !== "loss" && { measure: this.measure }),
      epoch: done,
      epochs: this.epochs,
      ...(starts && { starts }),
      loss: Float64Array.from(loss),
      validationLoss: Float64Array.from(validationLoss),
      ...(this.untrained !== undefined && { untrained: this.untrained }),
      elapsed,
      remaining: done ? (elapsed / done) * (this.epochs - done) : NaN,
      ...(this.#resumed.length ? { resumed: [...this.#resumed] } : {}),
    };
    this.#session.display(spec, { id: this.#name });
  }
}

/** An AbortError where the person stopped that cell. */
export function throwIfAborted(cell: Session | null): void {
  if (cell?.signal.aborted) throw new DOMException("the cell was stopped", "AbortError");
}
