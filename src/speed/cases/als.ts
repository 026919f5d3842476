import { openAlsTrainer } from "../../compute/als-tiers.ts";
import { alsStart, alsWork, type AlsFactors } from "../../compute/als.ts";
import { seededRandom } from "../../core/random.ts";
import { likes, rankedAbove, type SpeedLikes } from "../data.ts";
import { always } from "../settings.ts";
import { figures, speedCase } from "../speed-case.ts";
import { alsTwin } from "../tfjs/als.ts";

/** Likes, how much more they count than what is not liked, and the factors to begin with. */
export interface AlsData extends SpeedLikes {
  readonly factors: number;
  readonly confidence: number;
  readonly regularization: number;
  readonly cgSteps: number;
  readonly start: AlsFactors;
}

interface Shape {
  readonly users: number;
  readonly items: number;
  readonly draws: number;
}

const factors = 32;
const cgSteps = 3;

/** Epochs of alternating least squares by conjugate gradients. */
export const als = speedCase<Shape, AlsData>({
  id: "als",
  shapes: {
    tiny: { users: 50, items: 40, draws: 400 },
    small: { users: 5000, items: 2000, draws: 100_000 },
    large: { users: 50_000, items: 10_000, draws: 1_000_000 },
  },
  describe: ({ users, items, draws }) => `${figures(users, items, draws)}, d = ${factors}`,
  runners: ["webgpu", "wasm", "tfjs-webgpu", "tfjs-wasm"],
  rounds: 3,
  quality: "AUC",
  data({ users, items, draws }) {
    const found = likes(users, items, draws);
    const start = alsStart(found.userItems, factors, seededRandom(0));
    return { ...found, factors, confidence: 5, regularization: 0.01, cgSteps, start };
  },
  stepData: null,
  // Of the draws a few are of one pair.
  flops: ({ users, items, draws }) =>
    2 * alsWork({ rows: users, columns: items, values: { length: draws } }, factors, cgSteps),
  floorBytes: ({ users, items, draws }) => 2 * 8 * draws + 2 * 8 * factors * (users + items),
  async ours(tier, data) {
    const { userItems, confidence, regularization, start } = data;
    const values = userItems.values.map(() => confidence);
    const trainer = await openAlsTrainer(tier, {
      userItems: { ...userItems, values },
      factors,
      regularization,
      cgSteps,
      start,
    });
    return {
      steps: 1,
      round: async () => void (await trainer.epoch(always)),
      async quality() {
        const { users, items } = await trainer.factors();
        return rankedAbove(data, users, items, factors);
      },
      dispose: () => trainer.dispose(),
    };
  },
  twin: alsTwin,
});
