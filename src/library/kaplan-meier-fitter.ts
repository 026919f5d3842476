import { kaplanMeier, type KaplanMeier } from "../core/kaplan-meier.ts";
import { lifeTable, type LifeTable } from "../core/life-table.ts";
import { NumberColumn } from "../data/column.ts";
import { Table } from "../data/table.ts";
import type { SurvivalSpec } from "../specs/survival.ts";
import type { Numbers } from "./estimator.ts";
import { checkSameRows, toNumbers } from "./inputs.ts";
import { checkParam, withDefaults } from "./params.ts";
import { plotSurvivalFunctions, type SurvivalPlotOptions } from "./plot-survival-functions.ts";
import { packModel, unpackModel } from "./saved.ts";
import { toDurations, toEvents } from "./survival-inputs.ts";

const name = "KaplanMeierFitter";

/** Parameters of `KaplanMeierFitter`; `fit` may override them. */
export interface KaplanMeierFitterParams {
  /** 1 − the level of the band. Default 0.05. */
  readonly alpha?: number;
  /** Names the curve. Default "KM_estimate". */
  readonly label?: string;
}

/** Options of `KaplanMeierFitter.fit`. */
export interface KaplanMeierFitOptions extends KaplanMeierFitterParams {
  /** When each row came under observation, 0 by default: it counts as at risk after that time only. */
  readonly entry?: Numbers | null;
}

interface Fitted {
  readonly table: LifeTable;
  readonly curve: KaplanMeier;
  readonly alpha: number;
  readonly label: string;
}

/**
 * Kaplan–Meier estimate of survival, S(t) = ∏ (1 − dᵢ / nᵢ) over event times ≤ t, with its log-log band (exponential Greenwood).
 * Time is in the unit of the durations. The band is missing where S is 1 or 0, as in R's survfit(conf.type = "log-log").
 * Names and arguments are those of lifelines. Source: Kaplan & Meier 1958.
 */
export class KaplanMeierFitter {
  readonly #params: Required<KaplanMeierFitterParams>;
  #fitted: Fitted | null = null;

  constructor(params: KaplanMeierFitterParams = {}) {
    this.#params = withDefaults(name, { alpha: 0.05, label: "KM_estimate" }, params);
    checkAlpha(this.#params.alpha);
  }

  /** The fitter that `save()` gave as bytes. */
  static load(bytes: Uint8Array): KaplanMeierFitter {
    const state = unpackModel(name, bytes) as { params: KaplanMeierFitterParams; fitted: Fitted };
    const fitter = new KaplanMeierFitter(state.params);
    fitter.#fitted = state.fitted;
    return fitter;
  }

  /** The parameters given to the constructor, defaults filled in. */
  getParams(): Required<KaplanMeierFitterParams> {
    return this.#params;
  }

  /**
   * Estimates from durations (n, ≥ 0) and whether each ended in the event (1, true) or was cut off before it (0, false); all did by
   * default. With `entry`, a duration that does not come after its entry is a RangeError.
   */
  async fit(
    durations: Numbers,
    eventObserved: Numbers | null = null,
    options: KaplanMeierFitOptions = {},
  ): Promise<this> {
    const { alpha, label, entry } = withDefaults(`${name}.fit`, { ...this.#params, entry: null }, options);
    checkAlpha(alpha);
    checkParam(
      name,
      "label",
      label,
      'text other than "timeline"',
      typeof label === "string" && label !== "timeline",
    );
    const times = toDurations(durations, `${name}.fit: durations`);
    const events = toEvents(eventObserved, times.length, `${name}.fit: eventObserved`);
    const entries = entry === null ? new Float64Array(times.length) : toEntries(entry, times);
    const table = lifeTable(times, events, entries);
    this.#fitted = { table, curve: kaplanMeier(table, alpha), alpha, label };
    return this;
  }

  /** The name of the curve. */
  get label(): string {
    return this.#state.label;
  }

  /** 1 − the level of the band. */
  get alpha(): number {
    return this.#state.alpha;
  }

  /** Distinct times, ascending, the first one 0. */
  get timeline(): Float64Array {
    return this.#state.table.time;
  }

  /** Columns `timeline` and the label: S at each time. */
  get survivalFunction(): Table {
    const { curve, label } = this.#state;
    return tableOf(["timeline", this.timeline], [label, curve.survival]);
  }

  /** Columns `timeline`, `<label>_lower_0.95` and `<label>_upper_0.95`: the band at each time, missing where S is 1 or 0. */
  get confidenceInterval(): Table {
    const { curve, label, alpha } = this.#state;
    const level = Number((1 - alpha).toPrecision(6));
    return tableOf(
      ["timeline", this.timeline],
      [`${label}_lower_${level}`, curve.lower],
      [`${label}_upper_${level}`, curve.upper],
    );
  }

  /** Columns `eventAt`, `removed`, `observed`, `censored`, `entrance`, `atRisk`: how many at each time; at risk is counted just before it. */
  get eventTable(): Table {
    const { time, observed, censored, entrance, atRisk } = this.#state.table;
    const removed = observed.map((count, i) => count + censored[i]!);
    return tableOf(
      ["eventAt", time],
      ["removed", removed],
      ["observed", observed],
      ["censored", censored],
      ["entrance", entrance],
      ["atRisk", atRisk],
    );
  }

  /** The first time at which S is ½ or less, Infinity where it never is. */
  get medianSurvivalTime(): number {
    return this.percentile(0.5);
  }

  /** The first time at which S is p or less, Infinity where it never is; p in [0, 1]. */
  percentile(p: number): number {
    checkParam(name, "p", p, "a number in [0, 1]", p >= 0 && p <= 1);
    const { table, curve } = this.#state;
    // A share that is p but for the rounding of its product counts as p.
    return table.time[curve.survival.findIndex((share) => share <= p * (1 + 1e-12))] ?? Infinity;
  }

  /** S at each time (of any sign or size): 1 before the first, the last value after the last. */
  predict(time: number): number;
  predict(times: ArrayLike<number>): Float64Array;
  predict(times: number | ArrayLike<number>): number | Float64Array {
    const { table, curve } = this.#state;
    const at = (t: number) => (Number.isNaN(t) ? NaN : (curve.survival[countUpTo(table.time, t) - 1] ?? 1));
    return typeof times === "number" ? at(times) : Float64Array.from(times, at);
  }

  /** The curve as a view: display it, or leave it as the last expression of a cell. */
  plotSurvivalFunction(options: SurvivalPlotOptions = {}): SurvivalSpec {
    return plotSurvivalFunctions([this], options);
  }

  /** The same as `plotSurvivalFunction`. */
  plot(options: SurvivalPlotOptions = {}): SurvivalSpec {
    return this.plotSurvivalFunction(options);
  }

  /** The fitted fitter as bytes, for `KaplanMeierFitter.load`. */
  save(): Uint8Array<ArrayBuffer> {
    return packModel(name, { params: this.#params, fitted: this.#state });
  }

  get #state(): Fitted {
    if (!this.#fitted) throw new Error(`${name}: call fit first`);
    return this.#fitted;
  }
}

function checkAlpha(alpha: number): void {
  checkParam(name, "alpha", alpha, "a number in (0, 1)", alpha > 0 && alpha < 1);
}

function toEntries(entry: Numbers, times: Float64Array): Float64Array {
  const entries = toNumbers(entry, `${name}.fit: entry`);
  checkSameRows("durations", times.length, "entry", entries.length);
  const bad = entries.findIndex((start, i) => start < 0 || (start >= times[i]! && start > 0));
  if (bad >= 0)
    throw new RangeError(
      `${name}.fit: expected an entry ≥ 0 and before the duration ${times[bad]}, got ${entries[bad]} in row ${bad}`,
    );
  return entries;
}

/** How many of ascending times are t or less. */
function countUpTo(times: Float64Array, t: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= t) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A table of columns in which NaN is missing. */
function tableOf(...columns: readonly (readonly [name: string, values: Float64Array])[]): Table {
  return new Table(
    columns.map(([column, values]) => {
      const valid = values.some(Number.isNaN)
        ? Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1))
        : null;
      return [column, new NumberColumn(values, valid)] as const;
    }),
  );
}
