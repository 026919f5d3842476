import type { Device } from "../compute/device.ts";
import { onDevices } from "../compute/tfjs.ts";
import { CallbackFailure } from "./fit-callback.ts";
import type { LiveFit, LossCurves } from "./training-live.ts";

/** Where a training can be taken up again, on any device. */
export interface Checkpoint {
  /** The losses of the epochs done until there. */
  readonly curves: LossCurves;
}

/** A training that can go on elsewhere from its last checkpoint. */
export interface Resumable<Model extends { dispose(): void }, Point extends Checkpoint, Result> {
  /** Puts the model on a device as it was at that point. */
  open(device: Device, from: Point): Promise<Model>;
  /** Trains on from that point to the end; `keep` is given each checkpoint on the way. */
  train(model: Model, from: Point, keep: ((point: Point) => void) | null): Promise<Result>;
}

/**
 * Trains on a device from `start` on, shown live. Where the GPU is lost, the training goes on from its last checkpoint, on the GPU made anew or else
 * on the processor, and says so; what does not fit the GPU begins on the processor. Any other error is thrown.
 */
export async function trainResumably<Model extends { dispose(): void }, Point extends Checkpoint, Result>(
  training: Resumable<Model, Point, Result>,
  first: Device,
  start: Point,
  live: LiveFit,
): Promise<Result> {
  let point = start;
  try {
    const result = await onDevices(
      first,
      (device) => trainOn(training, device, point, live, (next) => (point = next)),
      {
        failed(error) {
          live.throwIfAborted();
          if (error instanceof CallbackFailure) throw error;
        },
        moved: (device, wasLost) => wasLost && live.lostDevice(device.name, point.curves.loss.length),
      },
    );
    live.end(live.stopped ? "stopped" : "done");
    return result;
  } catch (error) {
    live.end(live.aborted ? "aborted" : "failed");
    throw error instanceof CallbackFailure ? error.cause : error;
  }
}

/** Where a training begins that keeps no checkpoints. */
export const fromStart: Checkpoint = { curves: { loss: [], validationLoss: [] } };

/** Runs a fit that keeps no checkpoints, shown live: where the GPU is lost or too small, it begins again as `trainResumably` goes on. */
export function trainFromStart<Result>(
  fit: (device: Device) => Promise<Result>,
  first: Device,
  live: LiveFit,
): Promise<Result> {
  interface Chosen {
    readonly device: Device;
    dispose(): void;
  }
  const training: Resumable<Chosen, Checkpoint, Result> = {
    open: async (device) => ({ device, dispose: () => undefined }),
    train: ({ device }) => fit(device),
  };
  return trainResumably(training, first, fromStart, live);
}

async function trainOn<Model extends { dispose(): void }, Point extends Checkpoint, Result>(
  training: Resumable<Model, Point, Result>,
  device: Device,
  from: Point,
  live: LiveFit,
  keep: (point: Point) => void,
): Promise<Result> {
  const model = await training.open(device, from);
  try {
    live.begin(device, from.curves);
    // The processor is not lost.
    return await training.train(model, from, device.tier === "webgpu" ? keep : null);
  } finally {
    model.dispose();
  }
}
