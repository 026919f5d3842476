import { mean } from "../../core/mean.ts";
import { seededRandom } from "../../core/random.ts";
import { adamRate } from "../optimizer.ts";
import type { RecurrentTrainer, RecurrentTraining } from "../recurrent-trainer.ts";
import { batchesOf, bucketed, longestFirst, type Sequences } from "../sequences.ts";
import type { Dispatch, Gpu } from "./gpu.ts";
import { openOnGpu } from "./open.ts";
import { OptimizerBuffers } from "./optimizer-buffers.ts";
import { recurrentRoom, type RecurrentRoom } from "./recurrent-room.ts";
import { sequenceKernel, sequenceSingles } from "./recurrent-rows.ts";
import { clippedMove, parameterGroups, recurrentGradients, recurrentUpdate } from "./recurrent-update.ts";
import { runSteps, Steps, type StepValues } from "./steps.ts";

/** A recurrent network in training on the GPU. */
export interface WgslRecurrentTrainer extends RecurrentTrainer {
  /** Kernels of a step. */
  readonly dispatches: number;
}

/** Trains a recurrent network on the GPU in two kernels a step: sequences through their events and back, then one invocation a parameter; a bound on the gradient's norm takes one more. */
export function openWgslRecurrentTrainer(training: RecurrentTraining): Promise<WgslRecurrentTrainer> {
  return openOnGpu((gpu) => open(gpu, training));
}

async function open(gpu: Gpu, training: RecurrentTraining): Promise<WgslRecurrentTrainer> {
  const { network, sequences, train, held, batchSize, optimizer, targets } = training;
  const room = recurrentRoom(network);
  gpu.checkWorkgroup(sequenceSingles(room));
  const [learning, judging] = await Promise.all([
    gpu.pipeline(sequenceKernel(room, "learn", training)),
    gpu.pipeline(sequenceKernel(room, "judge")),
  ]);
  const steps = new Steps(gpu);
  const data = uploadSequences(gpu, sequences);
  const kept = new OptimizerBuffers(gpu, training.parameters, training.from);
  const { theta } = kept;
  const count = train.length + held.length;
  const events = (which: Uint32Array): number => mostEvents(which, sequences, batchSize);
  const rows = gpu.buffer(Math.max(events(train), events(held)) * room.row);
  const ends = gpu.buffer(Math.min(batchSize, count) * room.endRow);
  const [order, losses] = [gpu.buffer(2 * count), gpu.buffer(count)];
  const wanted = gpu.buffer(targets as Float32Array<ArrayBuffer>);
  const { sequence, numbers } = data;
  const updates = await updatesOf(gpu, room, training, { rows, ends, kept });
  const learnSteps = steps.each((step): readonly Dispatch[] => [
    {
      pipeline: learning,
      bindings: gpu.bind(learning, step, theta, sequence, numbers, order, rows, losses, wanted, ends),
      workgroups: Math.min(batchSize, train.length),
    },
    ...updates(step),
  ]);
  const judgeSteps = steps.each((step): readonly Dispatch[] => [
    {
      pipeline: judging,
      bindings: gpu.bind(judging, step, theta, sequence, numbers, order, rows, losses, wanted),
      workgroups: Math.min(batchSize, held.length),
    },
  ]);
  const random = training.from?.random.copy() ?? seededRandom(training.seed);
  const heldBatches = batchesOf(longestFirst(held, sequences.starts), batchSize);
  /** A step that counts as taken: Stop leaves out those after it. */
  const learn = (slot: number): readonly Dispatch[] => {
    kept.steps++;
    return learnSteps[slot]!;
  };

  return {
    dispatches: learnSteps[0]!.length,
    async epoch(given, breathe) {
      const which = given.map((place) => train[place]!);
      const batches = bucketed(which, sequences, batchSize, random);
      const learned = batches.map((batch, i) => {
        const number = kept.steps + i + 1;
        const rate = adamRate(training.learningRate, number, optimizer);
        return { batch, number, singles: [rate, 1 / batch.length, training.alpha / batch.length] };
      });
      const judged = heldBatches.map((batch) => ({ batch, number: 0, singles: [] }));
      const { places, values } = layOut([...learned, ...judged], sequences, data.kinds);
      gpu.write(order, places);
      const some = values.slice(0, learned.length);
      if (!(await runSteps(gpu, steps, some, learn, breathe))) return null;
      const rest = values.slice(learned.length);
      if (!(await runSteps(gpu, steps, rest, (slot) => judgeSteps[slot]!, breathe))) return null;
      const found = await gpu.readSingles(losses, count);
      return {
        loss: mean(found.subarray(0, train.length)),
        heldLoss: mean(found.subarray(train.length)),
      };
    },
    keepBest: () => kept.keepBest(),
    parameters: () => kept.parameters(),
    state: async () => ({ ...(await kept.state()), random: random.copy() }),
    dispose: () => gpu.dispose(),
  };
}

/** The kernels that move parameters after a gradient, by what binds a step. */
async function updatesOf(
  gpu: Gpu,
  room: RecurrentRoom,
  { optimizer, clipNorm }: RecurrentTraining,
  at: { readonly rows: GPUBuffer; readonly ends: GPUBuffer; readonly kept: OptimizerBuffers },
): Promise<(step: GPUBufferBinding) => readonly Dispatch[]> {
  const workgroups = parameterGroups(room);
  const { theta, first, second } = at.kept;
  if (clipNorm === null) {
    const pipeline = await gpu.pipeline(recurrentUpdate(room, optimizer));
    return (step) => [
      { pipeline, bindings: gpu.bind(pipeline, step, at.rows, at.ends, theta, first, second), workgroups },
    ];
  }
  const [adding, moving] = await Promise.all([
    gpu.pipeline(recurrentGradients(room)),
    gpu.pipeline(clippedMove(room, optimizer, clipNorm)),
  ]);
  const [gradients, squares] = [gpu.buffer(room.size), gpu.buffer(workgroups)];
  return (step) => [
    {
      pipeline: adding,
      bindings: gpu.bind(adding, step, at.rows, at.ends, theta, gradients, squares),
      workgroups,
    },
    {
      pipeline: moving,
      bindings: gpu.bind(moving, step, gradients, squares, theta, first, second),
      workgroups,
    },
  ];
}

/** The sequences on the device: where each starts, then the kinds of all events. */
export function uploadSequences(
  gpu: Gpu,
  { starts, kinds, numbers }: Sequences,
): { readonly sequence: GPUBuffer; readonly numbers: GPUBuffer; readonly kinds: number } {
  const both = new Int32Array(starts.length + kinds.length);
  both.set(starts);
  both.set(kinds, starts.length);
  return {
    sequence: gpu.buffer(both),
    numbers: gpu.buffer(numbers as Float32Array<ArrayBuffer>),
    kinds: starts.length,
  };
}

/** The sequences of batches one after another, each with the first of its rows in the room; and what the kernels are told of each batch. */
export function layOut(
  batches: readonly {
    readonly batch: Uint32Array;
    readonly number: number;
    readonly singles: readonly number[];
  }[],
  { starts }: Sequences,
  kinds: number,
): { readonly places: Uint32Array<ArrayBuffer>; readonly values: StepValues[] } {
  const places = new Uint32Array(2 * batches.reduce((sum, { batch }) => sum + batch.length, 0));
  let first = 0;
  const values = batches.map(({ batch, number, singles }) => {
    let events = 0;
    for (const [i, sequence] of batch.entries()) {
      places[2 * (first + i)] = sequence;
      places[2 * (first + i) + 1] = events;
      events += starts[sequence + 1]! - starts[sequence]!;
    }
    const whole = [first, batch.length, events, kinds, number];
    first += batch.length;
    return { whole, singles };
  });
  return { places, values };
}

/** The most events that a batch of so many of these sequences can have. */
function mostEvents(which: Uint32Array, { starts }: Sequences, batchSize: number): number {
  return longestFirst(which, starts)
    .subarray(0, batchSize)
    .reduce((sum, sequence) => sum + starts[sequence + 1]! - starts[sequence]!, 0);
}
