import { mean } from "../../core/mean.ts";
import type { EpochLoss, MlpRows, MlpTrainer, MlpTraining } from "../mlp-trainer.ts";
import { adamRate } from "../optimizer.ts";
import type { Dispatch, Gpu } from "./gpu.ts";
import { groupSize } from "./index-of.ts";
import { openOnGpu } from "./open.ts";
import { placedLayers } from "./mlp-network.ts";
import { OptimizerBuffers } from "./optimizer-buffers.ts";
import { rowsKernel } from "./mlp-rows.ts";
import { updateKernel } from "./mlp-update.ts";
import { runSteps, Steps } from "./steps.ts";

/** Rows that are judged at once. */
const judgedAtOnce = 4096;

/** A network in training on the GPU. */
export interface WgslMlpTrainer extends MlpTrainer {
  /** Kernels of a step. */
  readonly dispatches: number;
}

/** Trains a network on the GPU in two kernels a step: rows through all layers and back, then one invocation a parameter. */
export function openWgslMlpTrainer(training: MlpTraining): Promise<WgslMlpTrainer> {
  return openOnGpu((gpu) => open(gpu, training));
}

/** Rows that a workgroup of the first kernel takes: one in small batches, so that all of the device works. */
export function tileOf(rows: number): number {
  return Math.min(Math.max(Math.ceil(rows / 512), 1), 8);
}

async function open(gpu: Gpu, training: MlpTraining): Promise<WgslMlpTrainer> {
  const { network, train, held, dropout, seed, optimizer } = training;
  const { size, rowValues } = placedLayers(network);
  const batch = Math.min(training.batchSize, train.rows);
  const judged = Math.min(held?.rows ?? 0, judgedAtOnce);
  const [tile, judgedTile] = [tileOf(batch), tileOf(judged)];
  const [learning, updating, judging] = await Promise.all([
    gpu.pipeline(rowsKernel({ network, work: "learn", tile, dropout, seed })),
    gpu.pipeline(updateKernel(network, optimizer)),
    held && gpu.pipeline(rowsKernel({ network, work: "judge", tile: judgedTile, dropout: 0, seed })),
  ]);
  const steps = new Steps(gpu);
  const kept = new OptimizerBuffers(gpu, training.parameters, training.from);
  const { theta, first, second } = kept;
  const values = gpu.buffer(Math.max(batch, judged) * rowValues);
  const errors = gpu.buffer(batch * rowValues);
  const order = gpu.buffer(train.rows);
  const losses = gpu.buffer(train.rows);
  const { x, targets } = upload(gpu, train);
  const learnSteps = steps.each((step): readonly Dispatch[] => [
    {
      pipeline: learning,
      bindings: gpu.bind(learning, step, x, theta, values, losses, targets, order, errors),
      workgroups: Math.ceil(batch / tile),
    },
    {
      pipeline: updating,
      bindings: gpu.bind(updating, step, x, order, values, errors, theta, first, second),
      workgroups: Math.ceil(size / groupSize),
    },
  ]);
  const judge = held && judging && judgeOf(held, judging, judgedTile);
  let learningRate = training.learningRate;

  function judgeOf(rows: MlpRows, pipeline: GPUComputePipeline, tile: number) {
    const data = upload(gpu, rows);
    const result = gpu.buffer(rows.rows);
    const dispatch = steps.each((step): readonly Dispatch[] => [
      {
        pipeline,
        bindings: gpu.bind(pipeline, step, data.x, theta, values, result, data.targets),
        workgroups: Math.ceil(judged / tile),
      },
    ]);
    return { rows: rows.rows, result, dispatch };
  }

  /** A step that counts as taken: Stop leaves out those after it. */
  const learn = (slot: number): readonly Dispatch[] => {
    kept.steps++;
    return learnSteps[slot]!;
  };

  return {
    dispatches: learnSteps[0]!.length,
    get learningRate() {
      return learningRate;
    },
    set learningRate(rate) {
      learningRate = rate;
    },
    async epoch(given, breathe): Promise<EpochLoss | null> {
      gpu.write(order, given as Uint32Array<ArrayBuffer>);
      const all = blocksOf(train.rows, training.batchSize).map(({ first, rows }, i) => {
        const number = kept.steps + i + 1;
        const rate = optimizer.solver === "adam" ? adamRate(learningRate, number, optimizer) : learningRate;
        return { whole: [first, rows, number], singles: [rate, 1 / rows, training.alpha / rows] };
      });
      if (!(await runSteps(gpu, steps, all, learn, breathe))) return null;
      if (judge) {
        const blocks = blocksOf(judge.rows, judged).map(({ first, rows }) => ({
          whole: [first, rows, 0],
          singles: [0, 0, 0],
        }));
        if (!(await runSteps(gpu, steps, blocks, (slot) => judge.dispatch[slot]!, breathe))) return null;
      }
      const [met, seen] = await Promise.all([
        gpu.readSingles(losses, train.rows),
        judge && gpu.readSingles(judge.result, judge.rows),
      ]);
      return { loss: mean(met), heldLoss: seen ? mean(seen) : NaN };
    },
    keepBest: () => kept.keepBest(),
    parameters: () => kept.parameters(),
    state: () => kept.state(),
    dispose: () => gpu.dispose(),
  };
}

function upload(gpu: Gpu, { x, targets }: MlpRows): { readonly x: GPUBuffer; readonly targets: GPUBuffer } {
  return {
    x: gpu.buffer(x as Float32Array<ArrayBuffer>),
    targets: gpu.buffer(targets as Float32Array<ArrayBuffer>),
  };
}

/** Rows cut into blocks of no more than `most`. */
export function blocksOf(rows: number, most: number): { first: number; rows: number }[] {
  return Array.from({ length: Math.ceil(rows / most) }, (_, i) => ({
    first: i * most,
    rows: Math.min(most, rows - i * most),
  }));
}
