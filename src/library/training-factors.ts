import { seededRandom } from "../core/random.ts";
import type { Device } from "../compute/device.ts";
import { LiveFit } from "./training-live.ts";
import { trainEpochs, type TrainingHistory } from "./training-loop.ts";

/** Trains for that many epochs on a device, shown live. epoch: one of them, its loss, or null once `breathe` gave false; `remedy`: what to try where the loss is no longer a number. */
export async function trainFactors(
  title: string,
  device: Device,
  epochs: number,
  remedy: string,
  epoch: (breathe: () => Promise<boolean>) => Promise<number | null>,
): Promise<TrainingHistory> {
  const plan = {
    device,
    rows: 0,
    shuffle: false,
    random: seededRandom(0),
    validated: false,
    maxIter: epochs,
    nIterNoChange: Infinity,
    tol: 0,
    remedy,
  };
  const model = {
    async epoch(_: Uint32Array, breathe: () => Promise<boolean>) {
      const loss = await epoch(breathe);
      return loss === null ? null : { loss, heldLoss: NaN };
    },
    keepBest: () => undefined,
  };
  return trainEpochs(model, plan, new LiveFit(title, epochs));
}
