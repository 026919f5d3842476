/** One survival or retention curve: a right-continuous step function with its band. All arrays have one length. */
export interface SurvivalCurve {
  readonly label: string;
  /** Times at which the curve is given, ascending, the first one 0. */
  readonly time: Float64Array;
  /** Share still alive at each time, in [0, 1]. */
  readonly survival: Float64Array;
  /** Lower end of the confidence band, in [0, 1]; NaN where there is none. */
  readonly lower: Float64Array;
  /** Upper end of the confidence band, in [0, 1]; NaN where there is none. */
  readonly upper: Float64Array;
  /** How many are at risk just before each time. */
  readonly atRisk: Float64Array;
  /** Whether the curve is the planted truth, which is drawn as a dashed ink line. */
  readonly truth?: boolean;
}

/** Survival or retention curves over time, with bands and an at-risk table. */
export interface SurvivalSpec {
  readonly view: "survival";
  readonly curves: readonly SurvivalCurve[];
  /** Confidence level of the bands, e.g. 0.95. */
  readonly level: number;
  /** What time is counted in: a key of the dictionary (`days`, `weeks`, `months`) or a person's own words. */
  readonly timeUnit: string;
  readonly title?: string;
}
