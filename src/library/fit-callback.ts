import { untilAborted } from "../core/until-aborted.ts";
import { session } from "./session.ts";
import type { LossCurves } from "./training-live.ts";

/** What a callback of `fit` is told after an iteration. */
export interface FitIteration<Model> {
  /** Which iteration is done, counted from 0: an epoch, a step of Lloyd's algorithm (through all runs), or a batch of `MiniBatchKMeans`. */
  readonly iteration: number;
  /** Seconds that it took, as in implicit; the first one includes bringing the data onto the device. */
  readonly elapsed: number;
  /** Its loss, as in `lossCurve`; for k-means the inertia before the step over the rows. */
  readonly loss: number;
  /** The loss of the rows held out; null where there are none. */
  readonly validationLoss: number | null;
  /**
   * A new estimator, fitted as if `fit` had stopped here: `(await fittedEstimator()).itemFactors`. It costs a copy of what was learnt, from the
   * GPU where the model trains there, and for k-means an assignment of all rows; a callback that does not ask costs nothing. Asked twice, it
   * gives the same one. Once the callback has ended it is an Error. Scikit-learn's `fitted_estimator`.
   */
  readonly fittedEstimator: () => Promise<Model>;
}

/** What `fit` calls after each iteration, once for each, and awaits: training goes on when its promise is resolved. */
export interface FitCallback<Model> {
  (iteration: FitIteration<Model>): unknown;
  /** Called once, and awaited, when `fit` is done, with the estimator. */
  readonly teardown?: (model: Model) => unknown;
}

/** Options of `fit`. */
export interface FitOptions<Model> {
  /**
   * Called after each iteration, on the GPU and on the processor alike, and awaited; implicit's `callback`. What it throws ends the fit and is
   * thrown by `fit`; stopping the cell ends a callback that waits. Default null.
   */
  readonly callback?: FitCallback<Model> | null;
}

/** Tells of an iteration, whose losses are the last of the curves; `learnt` gives what was learnt until there. */
export type TellIteration<Learnt> = (curves: LossCurves, learnt: () => Promise<Learnt>) => Promise<void>;

/** What a callback threw: whatever the device does meanwhile, that ends the fit. */
export class CallbackFailure extends Error {
  constructor(override readonly cause: unknown) {
    super("a callback failed");
  }
}

/** Tells a callback of iterations, each once, also where a lost device makes some run again; null where there is no callback. `estimatorOf` makes a fitted estimator of what was learnt. */
export function iterationTeller<Model, Learnt>(
  callback: FitCallback<Model> | null | undefined,
  estimatorOf: (learnt: Learnt) => Model,
): TellIteration<Learnt> | null {
  if (!callback) return null;
  let told = 0;
  let last = performance.now();
  const signal = session()?.signal ?? new AbortController().signal;
  return async ({ loss, validationLoss }, learnt) => {
    if (loss.length <= told) return;
    const reading = readOnce(async () => estimatorOf(await learnt()));
    const elapsed = (performance.now() - last) / 1000;
    const iteration = {
      iteration: loss.length - 1,
      elapsed,
      loss: loss.at(-1)!,
      validationLoss: validationLoss.at(-1) ?? null,
      fittedEstimator: reading.read,
    };
    try {
      await untilAborted(async () => callback(iteration), signal);
    } catch (error) {
      await reading.end();
      throw new CallbackFailure(error);
    }
    await reading.end();
    told = loss.length;
    last = performance.now();
  };
}

/** Tells of iterations of a training inside another: `more` turns what it learnt into what the other tells of. */
export function mapTeller<Inner, Outer>(
  tell: TellIteration<Outer> | null,
  more: (learnt: Inner) => Outer,
): TellIteration<Inner> | null {
  return tell && ((curves, learnt) => tell(curves, async () => more(await learnt())));
}

/** A reading that is done at most once, and until `end`, which waits for it and throws what it threw. */
function readOnce<T>(make: () => Promise<T>): { readonly read: () => Promise<T>; end(): Promise<void> } {
  let reading: Promise<T> | null = null;
  let over = false;
  return {
    async read() {
      if (over) throw new Error("fittedEstimator: call it, and await it, before the callback ends");
      return (reading ??= make());
    },
    async end() {
      over = true;
      await reading;
    },
  };
}
