import { openBprTrainer } from "../compute/bpr-tiers.ts";
import { bprBatchSize, bprNegatives, bprStart, bprWork, type NegativeSampling } from "../compute/bpr.ts";
import { enoughInLine, type Tier } from "../compute/device.ts";
import { deviceFor } from "../compute/tfjs.ts";
import { seededRandom } from "../core/random.ts";
import { FactorRecommender, type FittedFactors } from "./factor-recommender.ts";
import { clone } from "./clone.ts";
import { iterationTeller, type FitOptions } from "./fit-callback.ts";
import { checkDevice, checkParam, withDefaults } from "./params.ts";
import { unpackRecommender } from "./recommender.ts";
import { trainFactors, type TrainedFactors } from "./training-factors.ts";
import { toLikes, type Interactions, type UserItems } from "./user-items.ts";

const name = "BayesianPersonalizedRanking";

/** Parameters of `BayesianPersonalizedRanking`. */
export interface BayesianPersonalizedRankingParams {
  /** Numbers that describe each user and each item. Default 100. */
  readonly factors?: number;
  /** Step size, > 0. Default 0.01. */
  readonly learningRate?: number;
  /** Strength of the L2 penalty λ, ≥ 0. Default 0.01. */
  readonly regularization?: number;
  /** Epochs: each makes as many draws as there are pairs. Default 100. */
  readonly iterations?: number;
  /** Whether a draw is left out where the user has the other item too. Default true. */
  readonly verifyNegativeSamples?: boolean;
  /** How the item that a user has not is drawn: "popularity", as often as it is had (as implicit does), or "uniform" (as Rendle et al. do). Default "popularity". */
  readonly negativeSampling?: NegativeSampling;
  /** Draws of a step, whose gradients are added up. Default "auto": at most 8192, and so few that none meets an item more than 32 times. */
  readonly batchSize?: number | "auto";
  /** Decides first factors and draws. Default 0. */
  readonly seed?: number;
  /** Forces a tier. Default null: WebGPU on a real graphics adapter where a step is enough work for it, else wasm. */
  readonly device?: Tier | null;
}

type Params = Required<BayesianPersonalizedRankingParams>;

const defaults: Params = {
  factors: 100,
  learningRate: 0.01,
  regularization: 0.01,
  iterations: 100,
  verifyNegativeSamples: true,
  negativeSampling: "popularity",
  batchSize: "auto",
  seed: 0,
  device: null,
};

/**
 * Bayesian personalised ranking: factors of users x and of items y with a bias b, such that users score what they have above what they have not.
 * Minimises Σ −log σ(xᵤ·yᵢ + bᵢ − xᵤ·yⱼ − bⱼ) + ½λ(‖xᵤ‖² + ‖yᵢ‖² + ‖yⱼ‖² + bᵢ² + bⱼ²) over draws of a pair (u, i) and of an item j,
 * by gradient descent in single precision. implicit's model, its parameters and defaults; where it moves after each draw, this
 * adds up the gradients of `batchSize` draws first, so that any number of threads gives the same bits. `userFactors` (users × factors + 1) end
 * in 1 and `itemFactors` (items × factors + 1) in the bias. Weights do not matter, but for 0, which is no pair. A loss that is no longer a
 * number is a RangeError; “Finish now” in the live view keeps what is learnt so far. Source: Rendle et al. 2009.
 */
export class BayesianPersonalizedRanking extends FactorRecommender<BayesianPersonalizedRankingParams> {
  constructor(params: BayesianPersonalizedRankingParams = {}) {
    super(name, withDefaults(name, defaults, params));
    checkParams(this.params);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): BayesianPersonalizedRanking {
    const { params, fitted } = unpackRecommender<Params, FittedFactors>(name, bytes);
    return new BayesianPersonalizedRanking(params).learn(fitted);
  }

  /** Learns from who has what; `callback` is told of each epoch. Users who all have every item are a RangeError, for there is nothing to rank; stopping the cell is an AbortError. */
  async fit(userItems: UserItems, { callback }: FitOptions<this> = {}): Promise<this> {
    const likes = toLikes(userItems, `${name}.fit`);
    const { factors, negativeSampling, seed, iterations, learningRate } = this.params;
    checkRanking(likes);
    const batchSize = this.#batchSize(likes);
    // A stream for each purpose, so that the draws do not depend on the number of factors.
    const seeds = seededRandom(seed);
    const [starts, draws] = [0, 1].map(() => seededRandom(seeds.integer(2 ** 32)));
    const keys = Array.from({ length: iterations }, () => draws!.integer(2 ** 32));
    const training = {
      ...this.params,
      userItems: likes.matrix,
      batchSize,
      negatives: bprNegatives(likes.matrix, negativeSampling),
      start: bprStart(likes.matrix, factors, starts!),
    };
    const fitted = (learnt: TrainedFactors): FittedFactors => ({ ...likes, ...learnt, width: factors + 1 });
    const learnt = await trainFactors({
      title: name,
      device: await deviceFor(this.params.device ?? undefined, bprWork(training), enoughInLine),
      epochs: iterations,
      remedy: `try a smaller learningRate, now ${learningRate}`,
      untrained: Math.LN2,
      tell: iterationTeller(callback, (learnt: TrainedFactors) => clone(this).learn(fitted(learnt))),
      async open({ tier }, start) {
        const trainer = await openBprTrainer(tier, start ? { ...training, start } : training);
        return {
          epoch: (breathe, number) => trainer.epoch(keys[number]!, breathe),
          factors: () => trainer.factors(),
          dispose: () => trainer.dispose(),
        };
      },
    });
    this.learn(fitted(learnt));
    await callback?.teardown?.(this);
    return this;
  }

  #batchSize({ matrix }: Interactions): number {
    const { batchSize } = this.params;
    return batchSize === "auto" ? bprBatchSize(matrix) : Math.min(batchSize, matrix.indices.length);
  }
}

function checkRanking({ users, items, matrix }: Interactions): void {
  if (matrix.indices.length === users.length * items.length)
    throw new RangeError(
      `${name}.fit: expected some user without some item, got ${users.length} × ${items.length} pairs of which none is missing`,
    );
}

function checkParams(params: Params): void {
  const check = <Key extends keyof Params>(key: Key, expected: string, holds: boolean) =>
    checkParam(name, key, params[key], expected, holds);
  const { factors, learningRate, regularization, iterations, verifyNegativeSamples } = params;
  const { negativeSampling, batchSize, device } = params;
  const samplings: readonly NegativeSampling[] = ["popularity", "uniform"];
  const whole = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 1;
  check("factors", "a whole number of at least 1", whole(factors));
  check("learningRate", "a number above 0", learningRate > 0 && learningRate < Infinity);
  check("regularization", "a number of at least 0", regularization >= 0 && regularization < Infinity);
  check("iterations", "a whole number of at least 1", whole(iterations));
  check("verifyNegativeSamples", "true or false", typeof verifyNegativeSamples === "boolean");
  check("negativeSampling", `"popularity" or "uniform"`, samplings.includes(negativeSampling));
  checkDevice(name, device);
  check("batchSize", `"auto" or a whole number of at least 1`, batchSize === "auto" || whole(batchSize));
}
