import { openAlsTrainer } from "../compute/als-tiers.ts";
import { alsStart, alsWork } from "../compute/als.ts";
import type { Tier } from "../compute/device.ts";
import { deviceFor } from "../compute/tfjs.ts";
import { seededRandom } from "../core/random.ts";
import { FactorRecommender, type FittedFactors } from "./factor-recommender.ts";
import { clone } from "./clone.ts";
import { iterationTeller, type FitOptions } from "./fit-callback.ts";
import { checkDevice, checkParam, withDefaults } from "./params.ts";
import { unpackRecommender } from "./recommender.ts";
import { trainFactors, type TrainedFactors } from "./training-factors.ts";
import { toInteractions, type UserItems } from "./user-items.ts";

const name = "AlternatingLeastSquares";

/** Parameters of `AlternatingLeastSquares`. */
export interface AlternatingLeastSquaresParams {
  /** Numbers that describe each user and each item. Default 100. */
  readonly factors?: number;
  /** Strength of the L2 penalty λ, ≥ 0. Default 0.01. */
  readonly regularization?: number;
  /** What weights are multiplied by to give confidence, > 0. Default 1. */
  readonly alpha?: number;
  /** Epochs: each solves for all users, then for all items. Default 15. */
  readonly iterations?: number;
  /** Steps of conjugate gradients for a user or an item in an epoch. Default 3. */
  readonly cgSteps?: number;
  /** Decides the first factors. Default 0. */
  readonly seed?: number;
  /** Forces a tier. Default null: WebGPU on a real graphics adapter where an epoch is enough work for it, else wasm. */
  readonly device?: Tier | null;
}

type Params = Required<AlternatingLeastSquaresParams>;

const defaults: Params = {
  factors: 100,
  regularization: 0.01,
  alpha: 1,
  iterations: 15,
  cgSteps: 3,
  seed: 0,
  device: null,
};

/**
 * Implicit alternating least squares: factors of users x and of items y that minimise Σᵤᵢ |cᵤᵢ|(pᵤᵢ − xᵤ·yᵢ)² + λ(Σ‖xᵤ‖² + Σ‖yᵢ‖²) over all
 * pairs, where c = alpha · weight and p = 1 for pairs with a weight above 0, p = 0 for those below (what a user dislikes), and c = 1, p = 0 for
 * all others; each side in turn, by conjugate gradients in single precision. implicit's model, its parameters, defaults and first factors.
 * `lossCurve` is that sum over Σ|c| after each epoch. A loss that is no longer a number is a RangeError; “Finish now” in the live view keeps what is
 * learnt so far. Sources: Hu, Koren & Volinsky 2008; Takács, Pilászy & Tikk 2011.
 */
export class AlternatingLeastSquares extends FactorRecommender<AlternatingLeastSquaresParams> {
  constructor(params: AlternatingLeastSquaresParams = {}) {
    super(name, withDefaults(name, defaults, params));
    checkParams(this.params);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): AlternatingLeastSquares {
    const { params, fitted } = unpackRecommender<Params, FittedFactors>(name, bytes);
    return new AlternatingLeastSquares(params).learn(fitted);
  }

  /** Learns from who has what, and how much; `callback` is told of each epoch. Stopping the cell is an AbortError. */
  async fit(userItems: UserItems, { callback }: FitOptions<this> = {}): Promise<this> {
    const known = toInteractions(userItems, `${name}.fit`);
    const { factors, alpha, seed, cgSteps, iterations, regularization } = this.params;
    const { matrix } = known;
    const training = {
      ...this.params,
      userItems: { ...matrix, values: matrix.values.map((weight) => alpha * weight) },
      start: alsStart(matrix, factors, seededRandom(seed)),
    };
    const fitted = (learnt: TrainedFactors): FittedFactors => ({ ...known, ...learnt, width: factors });
    const learnt = await trainFactors({
      title: name,
      device: await deviceFor(this.params.device ?? undefined, alsWork(matrix, factors, cgSteps)),
      epochs: iterations,
      remedy: `try a larger regularization, now ${regularization}, or smaller weights`,
      tell: iterationTeller(callback, (learnt: TrainedFactors) => clone(this).learn(fitted(learnt))),
      open: ({ tier }, start) => openAlsTrainer(tier, start ? { ...training, start } : training),
    });
    this.learn(fitted(learnt));
    await callback?.teardown?.(this);
    return this;
  }
}

function checkParams(params: Params): void {
  const check = <Key extends keyof Params>(key: Key, expected: string, holds: boolean) =>
    checkParam(name, key, params[key], expected, holds);
  const { factors, regularization, alpha, iterations, cgSteps, device } = params;
  const whole = (value: number): boolean => Number.isInteger(value) && value >= 1;
  check("factors", "a whole number of at least 1", whole(factors));
  check("regularization", "a number of at least 0", regularization >= 0 && regularization < Infinity);
  check("alpha", "a number above 0", alpha > 0 && alpha < Infinity);
  check("iterations", "a whole number of at least 1", whole(iterations));
  check("cgSteps", "a whole number of at least 1", whole(cgSteps));
  checkDevice(name, device);
}
