import { permutation, seededRandom } from "../core/random.ts";
import type { Work } from "./measure.ts";
import { always } from "./settings.ts";

/** A network in training on a device. */
interface Trainer {
  epoch(order: Uint32Array, breathe: () => Promise<boolean>): Promise<{ readonly loss: number } | null>;
  dispose(): void;
}

/** Training by batches of shuffled rows: a round is an epoch, and its quality the mean loss of the last. */
export function epochs(trainer: Trainer, rows: number, batch: number): Work {
  const random = seededRandom(0);
  let loss = NaN;
  return {
    steps: Math.ceil(rows / batch),
    async round() {
      loss = (await trainer.epoch(permutation(rows, random), always))!.loss;
    },
    quality: async () => loss,
    dispose: () => trainer.dispose(),
  };
}
