import { initialRecurrent, recurrentLayout, type RecurrentNetwork } from "../../compute/recurrent-network.ts";
import { openRecurrentTrainer, recurrentWork } from "../../compute/recurrent-tiers.ts";
import { seededRandom } from "../../core/random.ts";
import { eventSequences, type SpeedSequences } from "../data.ts";
import { epochs } from "../epochs.ts";
import { adam, learningRate } from "../settings.ts";
import type { SpeedCase } from "../speed.ts";
import { figures, speedCase } from "../speed-case.ts";
import { recurrentTwin } from "../tfjs/recurrent.ts";

/** Sequences for a layer of cells. */
export interface RecurrentData extends SpeedSequences {
  readonly cell: RecurrentNetwork["cell"];
  readonly hiddenSize: number;
  readonly batch: number;
}

interface Shape {
  readonly sequences: number;
  readonly steps: number;
  readonly batch: number;
}

const columns = 8;
const hiddenSize = 32;

/** Steps of Adam on batches of shuffled sequences, of which the last state gives the logit; a round is an epoch. */
export function recurrentCase(cell: RecurrentNetwork["cell"]): SpeedCase {
  const network = { cell, kinds: 1, embeddingSize: 1, numbers: columns, hiddenSize, outputs: 1 };
  const full = { sequences: 5000, steps: 30, batch: 100 };
  return speedCase<Shape, RecurrentData>({
    id: cell,
    shapes: { tiny: { sequences: 32, steps: 6, batch: 8 }, small: full, large: full },
    describe: ({ sequences, steps, batch }) =>
      `${figures(sequences, steps, columns)}, ${cell.toUpperCase()}(${hiddenSize}), ${batch}`,
    runners: ["webgpu", "wasm", "tfjs-webgpu", "tfjs-wasm"],
    rounds: 3,
    quality: "log loss",
    data: ({ sequences, steps, batch }) => ({
      ...eventSequences(sequences, steps, columns),
      cell,
      hiddenSize,
      batch,
    }),
    stepData: (data) => ({
      ...data,
      sequences: data.batch,
      x: data.x.slice(0, data.batch * data.steps * columns),
      y: data.y.slice(0, data.batch),
    }),
    flops: ({ steps, batch }) => 2 * recurrentWork(network, steps * batch),
    floorBytes: ({ steps, batch }) =>
      4 * batch * (steps * columns + 1) + 3 * 8 * recurrentLayout(network).size,
    async ours(tier, { sequences, steps, x, y, batch }) {
      const count = (length: number): Uint32Array => Uint32Array.from({ length }, (_, i) => i);
      const trainer = await openRecurrentTrainer(tier, {
        network,
        parameters: initialRecurrent(network, seededRandom(0)),
        optimizer: adam,
        learningRate,
        batchSize: batch,
        sequences: {
          starts: Int32Array.from(count(sequences + 1), (i) => i * steps),
          kinds: new Int32Array(sequences * steps),
          numbers: x,
        },
        targets: y,
        alpha: 0,
        clipNorm: null,
        dropout: 0,
        train: count(sequences),
        held: count(0),
        seed: 0,
      });
      return epochs(trainer, sequences, batch);
    },
    twin: recurrentTwin,
  });
}
