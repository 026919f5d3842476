import { initialParameters, mlpLayers } from "../../compute/mlp-network.ts";
import { mlpStepWork, openMlpTrainer } from "../../compute/mlp-tiers.ts";
import { seededRandom } from "../../core/random.ts";
import { twoClasses, type SpeedLabelled } from "../data.ts";
import { epochs } from "../epochs.ts";
import { adam, learningRate, mlpNetwork } from "../settings.ts";
import { figures, speedCase } from "../speed-case.ts";
import { mlpTwin } from "../tfjs/mlp.ts";

/** Rows for a network of two hidden layers, and the parameters to begin with. */
export interface MlpData extends SpeedLabelled {
  readonly batch: number;
  readonly parameters: Float32Array;
}

interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly batch: number;
}

/** Steps of Adam on batches of shuffled rows; a round is an epoch. */
export const mlp = speedCase<Shape, MlpData>({
  id: "mlp",
  shapes: {
    tiny: { rows: 640, columns: 8, batch: 32 },
    small: { rows: 20_000, columns: 20, batch: 200 },
    large: { rows: 200_000, columns: 50, batch: 200 },
  },
  describe: ({ rows, columns, batch }) => `${figures(rows, columns)}, 64-32-1, ${batch}`,
  runners: ["webgpu", "wasm", "tfjs-webgpu", "tfjs-wasm"],
  rounds: 4,
  quality: "log loss",
  data({ rows, columns, batch }) {
    const { x, y } = twoClasses(rows, columns);
    const parameters = initialParameters(mlpNetwork(columns), seededRandom(0));
    return { rows, columns, x, y, batch, parameters };
  },
  stepData: (data) => ({
    ...data,
    rows: data.batch,
    x: data.x.slice(0, data.batch * data.columns),
    y: data.y.slice(0, data.batch),
  }),
  flops: ({ columns, batch }) => 2 * mlpStepWork(mlpNetwork(columns).units, batch),
  floorBytes: ({ columns, batch }) => 4 * batch * (columns + 1) + 3 * 8 * mlpLayers(mlpNetwork(columns)).size,
  async ours(tier, { rows, columns, x, y, batch, parameters }) {
    const trainer = await openMlpTrainer(tier, {
      network: mlpNetwork(columns),
      parameters,
      optimizer: { solver: "adam", ...adam },
      learningRate,
      batchSize: batch,
      alpha: 0,
      dropout: 0,
      seed: 0,
      train: { rows, x, targets: y },
      held: null,
    });
    return epochs(trainer, rows, batch);
  },
  twin: mlpTwin,
});
