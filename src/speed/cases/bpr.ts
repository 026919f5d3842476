import { openBprTrainer } from "../../compute/bpr-tiers.ts";
import { bprStart, bprWork, type BprFactors } from "../../compute/bpr.ts";
import { seededRandom } from "../../core/random.ts";
import { likes, rankedAbove, type SpeedLikes } from "../data.ts";
import { always } from "../settings.ts";
import { figures, speedCase } from "../speed-case.ts";
import { bprTwin } from "../tfjs/bpr.ts";

/** Likes, how they are learnt, and the factors to begin with: factors + 1 numbers a row, the last 1 for users and the bias for items. */
export interface BprData extends SpeedLikes {
  readonly factors: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly regularization: number;
  readonly start: BprFactors;
}

interface Shape {
  readonly users: number;
  readonly items: number;
  readonly draws: number;
  /** Draws of a step. */
  readonly batch: number;
}

const factors = 32;

/** Steps of Bayesian personalised ranking, the other item drawn by popularity; a round is as many draws as there are likes. */
export const bpr = speedCase<Shape, BprData>({
  id: "bpr",
  shapes: {
    tiny: { users: 200, items: 100, draws: 3000, batch: 64 },
    small: { users: 5000, items: 2000, draws: 100_000, batch: 2048 },
    large: { users: 50_000, items: 10_000, draws: 1_000_000, batch: 8192 },
  },
  describe: ({ users, items, draws, batch }) => `${figures(users, items, draws)}, d = ${factors}, ${batch}`,
  runners: ["webgpu", "wasm", "tfjs-webgpu", "tfjs-wasm"],
  rounds: 4,
  quality: "AUC",
  data({ users, items, draws, batch }) {
    const found = likes(users, items, draws);
    const start = bprStart(found.userItems, factors, seededRandom(0));
    return { ...found, factors, batch, learningRate: 0.2, regularization: 0.01, start };
  },
  stepData: null,
  flops: ({ batch }) => 2 * bprWork({ factors, batchSize: batch }),
  floorBytes: ({ batch }) => 3 * 8 * batch * (factors + 1),
  async ours(tier, data) {
    const { userItems, batch, learningRate, regularization, start } = data;
    const trainer = await openBprTrainer(tier, {
      userItems,
      factors,
      learningRate,
      regularization,
      batchSize: batch,
      negatives: userItems.indices,
      verifyNegativeSamples: false,
      start,
    });
    let key = 0;
    return {
      steps: Math.ceil(userItems.indices.length / batch),
      round: async () => void (await trainer.epoch(key++, always)),
      async quality() {
        const { users, items } = await trainer.factors();
        return rankedAbove(data, users, items, factors + 1);
      },
      dispose: () => trainer.dispose(),
    };
  },
  twin: bprTwin,
});
