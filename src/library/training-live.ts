import type { DeviceInfo, TrainingSpec } from "../specs/training.ts";
import { session, type Session } from "./session.ts";

/** Losses of the epochs done so far. `validationLoss` is empty where no rows are held out. */
export interface LossCurves {
  readonly loss: readonly number[];
  readonly validationLoss: readonly number[];
  /** How many are done; as many as there are losses, where it is missing. */
  readonly done?: number;
}

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
  #device: DeviceInfo | null = null;
  #shown = -Infinity;

  constructor(
    readonly title: string,
    readonly epochs: number,
    private readonly counts: "epochs" | "rows" = "epochs",
  ) {
    const count = this.#session ? (fits.get(this.#session) ?? 0) + 1 : 0;
    if (this.#session) fits.set(this.#session, count);
    this.#name = `${title}-${count}`;
    this.#unlisten = this.#session?.onStopFit(this.#name, () => (this.stopped = true)) ?? (() => undefined);
  }

  /** Shows the fit at its start on that device, with no epoch done. */
  begin(device: DeviceInfo): void {
    this.#device = device;
    this.#show("running", { loss: [], validationLoss: [] });
  }

  /** Shows how far the fit is, but no more than ten times a second. */
  progress(curves: LossCurves): void {
    if (performance.now() - this.#shown >= interval) this.#show("running", curves);
  }

  /** Shows how the fit ended, and stops listening to Stop. */
  end(state: "done" | "stopped" | "failed", curves: LossCurves): void {
    this.#unlisten();
    this.#show(state, curves);
  }

  /** Whether the person stopped the cell. */
  get aborted(): boolean {
    return this.#session?.signal.aborted ?? false;
  }

  /** An AbortError where the person stopped the cell. */
  throwIfAborted(): void {
    if (this.aborted) throw new DOMException("the cell was stopped", "AbortError");
  }

  #show(state: TrainingSpec["state"], { loss, validationLoss, done = loss.length }: LossCurves): void {
    if (!this.#session || !this.#device) return;
    this.#shown = performance.now();
    const elapsed = (this.#shown - this.#started) / 1000;
    const spec: TrainingSpec = {
      view: "training",
      fit: this.#name,
      state,
      title: this.title,
      device: this.#device,
      ...(this.counts === "rows" && { counts: this.counts }),
      epoch: done,
      epochs: this.epochs,
      loss: Float64Array.from(loss),
      validationLoss: Float64Array.from(validationLoss),
      elapsed,
      remaining: done ? (elapsed / done) * (this.epochs - done) : NaN,
    };
    this.#session.display(spec, { id: this.#name });
  }
}
