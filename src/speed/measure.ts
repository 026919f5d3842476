import { median } from "d3-array";
import { pause } from "../core/pause.ts";
import { watchDevice, type DeviceUse } from "./device-watch.ts";
import type { Measured } from "./speed.ts";

/** A model with its data on a device. */
export interface Work {
  /** Steps of a round; 1 where the work has none. */
  readonly steps: number;
  /** Does the next round; resolves once the device is done. */
  round(): Promise<void>;
  /** How good the model is by now. */
  quality(): Promise<number>;
  /** Frees the device's memory. */
  dispose(): void;
}

/** What is measured, and how much it is by count. */
export interface Job {
  /** Rounds that are timed, after one that is not. */
  readonly rounds: number;
  readonly open: () => Promise<Work>;
  /** Where bytes are counted: in the rounds themselves, in other work whose buffers hold what its steps need and no more, or not at all. */
  readonly counted: "rounds" | (() => Promise<Work>) | null;
  readonly flops: number;
  readonly floorBytes: number;
  readonly quality: string;
  readonly onGpu: boolean;
}

/** Runs a job: the first round, of which kernel calls and bytes are counted, then those that are timed. */
export async function measure(job: Job, signal: AbortSignal): Promise<Measured> {
  const { rounds, counted, onGpu, flops, floorBytes } = job;
  const { work, use } = await openWatched(job.open);
  try {
    signal.throwIfAborted();
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await pause();
      signal.throwIfAborted();
      const started = performance.now();
      await work.round();
      seconds.push((performance.now() - started) / 1000);
    }
    signal.throwIfAborted();
    const { steps } = work;
    return {
      seconds: median(seconds)! / steps,
      steps: steps * rounds,
      dispatches: onGpu ? use.dispatches / steps : null,
      flops,
      floorBytes,
      bytes: onGpu && counted ? await bytesOf(counted, use, steps) : null,
      peakBytes: use.peakBytes || null,
      quality: { name: job.quality, value: await work.quality() },
    };
  } finally {
    work.dispose();
  }
}

/** Opens work and does its first round: what that asked of the device, and the most memory up to its end. */
async function openWatched(open: () => Promise<Work>): Promise<{ work: Work; use: DeviceUse }> {
  const { use, stop } = watchDevice();
  let work: Work | null = null;
  try {
    work = await open();
    const before = { ...use };
    await work.round();
    const dispatches = use.dispatches - before.dispatches;
    return { work, use: { ...use, dispatches, boundBytes: use.boundBytes - before.boundBytes } };
  } catch (error) {
    work?.dispose();
    throw error;
  } finally {
    stop();
  }
}

/** Bytes bound a step. */
async function bytesOf(counted: NonNullable<Job["counted"]>, use: DeviceUse, steps: number): Promise<number> {
  if (counted === "rounds") return use.boundBytes / steps;
  const { work, use: other } = await openWatched(counted);
  work.dispose();
  return other.boundBytes / work.steps;
}
