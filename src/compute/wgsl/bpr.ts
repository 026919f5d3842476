import { mean } from "../../core/mean.ts";
import type { BprFactors, BprTrainer, BprTraining } from "../bpr.ts";
import { bprEpochs } from "./bpr-epoch.ts";
import type { Dispatch, Gpu } from "./gpu.ts";
import { groupSize, index } from "./index-of.ts";
import { openOnGpu } from "./open.ts";
import { single } from "./single.ts";
import { runSteps, Steps } from "./steps.ts";

/** Factors in training on the GPU. */
export interface WgslBprTrainer extends BprTrainer {
  /** Kernels of a step. */
  readonly dispatches: number;
}

/** Bayesian personalised ranking in three kernels a step: what each draw pulls with, the gradient of each row that is met, and its move. */
export function openWgslBpr(training: BprTraining): Promise<WgslBprTrainer> {
  return openOnGpu((gpu) => open(gpu, training));
}

async function open(gpu: Gpu, training: BprTraining): Promise<WgslBprTrainer> {
  const { userItems, factors, batchSize, start } = training;
  const width = factors + 1;
  const draws = userItems.indices.length;
  const moved = Math.min(3 * batchSize, userItems.rows + userItems.columns);
  const [pulling, summing, moving] = await Promise.all(
    [pull(width), sum(training), move(training)].map((code) => gpu.pipeline(code)),
  );
  const steps = new Steps(gpu);
  const table = gpu.buffer(joined(start));
  const [triples, entries, rows, starts] = [3 * draws, 3 * draws, 3 * draws, 3 * draws + 1].map((length) =>
    gpu.buffer(length),
  );
  const [pulls, losses, gradients] = [gpu.buffer(draws), gpu.buffer(draws), gpu.buffer(moved * width)];
  const stepDispatches = steps.each((step): readonly Dispatch[] => [
    {
      pipeline: pulling!,
      bindings: gpu.bind(pulling!, step, table, triples!, pulls, losses),
      workgroups: Math.ceil(batchSize / groupSize),
    },
    {
      pipeline: summing!,
      bindings: gpu.bind(summing!, step, table, triples!, pulls, rows!, starts!, entries!, gradients),
      workgroups: Math.ceil((moved * width) / groupSize),
    },
    {
      pipeline: moving!,
      bindings: gpu.bind(moving!, step, rows!, gradients, table),
      workgroups: Math.ceil((moved * width) / groupSize),
    },
  ]);
  const epochOf = bprEpochs(training);

  return {
    dispatches: stepDispatches[0]!.length,
    async epoch(key, breathe) {
      const epoch = await epochOf(key, breathe);
      if (!epoch) return null;
      gpu.write(triples!, epoch.triples);
      gpu.write(entries!, epoch.entries);
      gpu.write(rows!, epoch.rows);
      gpu.write(starts!, epoch.starts);
      if (!(await runSteps(gpu, steps, epoch.steps, (slot) => stepDispatches[slot]!, breathe))) return null;
      if (epoch.met === 0) return 0;
      return mean(await gpu.readSingles(losses, epoch.met));
    },
    async factors(): Promise<BprFactors> {
      const both = await gpu.readSingles(table, start.users.length + start.items.length);
      return { users: both.slice(0, start.users.length), items: both.slice(start.users.length) };
    },
    dispose: () => gpu.dispose(),
  };
}

function joined({ users, items }: BprFactors): Float32Array<ArrayBuffer> {
  const both = new Float32Array(users.length + items.length);
  both.set(users);
  both.set(items, users.length);
  return both;
}

const stepStruct = `
struct Step { firstDraw: u32, draws: u32, firstRow: u32, rows: u32 }
@group(0) @binding(0) var<uniform> step: Step;`;

/** One invocation a draw: z = 1 / (1 + eˣ), and the loss log(1 + e⁻ˣ). */
function pull(width: number): string {
  return `${stepStruct}
@group(0) @binding(1) var<storage, read> table: array<f32>;
@group(0) @binding(2) var<storage, read> triples: array<u32>;
@group(0) @binding(3) var<storage, read_write> pulls: array<f32>;
@group(0) @binding(4) var<storage, read_write> losses: array<f32>;
${index("step.draws")} {
  let draw = step.firstDraw + i;
  let user = triples[3u * draw] * ${width}u;
  let liked = triples[3u * draw + 1u] * ${width}u;
  let other = triples[3u * draw + 2u] * ${width}u;
  var x = 0.0;
  for (var f = 0u; f < ${width}u; f++) {
    x += table[user + f] * (table[liked + f] - table[other + f]);
  }
  pulls[draw] = 1.0 / (1.0 + exp(x));
  losses[draw] = select(0.0, -x, x < 0.0) + log(1.0 + exp(-abs(x)));
}`;
}

/** One invocation for a number of a row that is met: its gradient, over what the row takes part in. The last number of a user stays 1. */
function sum({ factors, regularization, userItems }: BprTraining): string {
  const width = factors + 1;
  return `${stepStruct}
@group(0) @binding(1) var<storage, read> table: array<f32>;
@group(0) @binding(2) var<storage, read> triples: array<u32>;
@group(0) @binding(3) var<storage, read> pulls: array<f32>;
@group(0) @binding(4) var<storage, read> rows: array<u32>;
@group(0) @binding(5) var<storage, read> starts: array<u32>;
@group(0) @binding(6) var<storage, read> entries: array<u32>;
@group(0) @binding(7) var<storage, read_write> gradients: array<f32>;
${index(`step.rows * ${width}u`)} {
  let slot = step.firstRow + i / ${width}u;
  let f = i % ${width}u;
  let row = rows[slot];
  let own = table[row * ${width}u + f];
  var gradient = 0.0;
  for (var e = starts[slot]; e < starts[slot + 1u]; e++) {
    let draw = entries[e] / 4u;
    let place = entries[e] % 4u;
    if (place == 0u) {
      let liked = table[triples[3u * draw + 1u] * ${width}u + f];
      let other = table[triples[3u * draw + 2u] * ${width}u + f];
      gradient += pulls[draw] * (liked - other);
    } else {
      let user = table[triples[3u * draw] * ${width}u + f];
      gradient += select(-pulls[draw], pulls[draw], place == 1u) * user;
    }
    gradient -= ${single(regularization)} * own;
  }
  gradients[i] = select(gradient, 0.0, row < ${userItems.rows}u && f == ${factors}u);
}`;
}

function move({ factors, learningRate }: BprTraining): string {
  const width = factors + 1;
  return `${stepStruct}
@group(0) @binding(1) var<storage, read> rows: array<u32>;
@group(0) @binding(2) var<storage, read> gradients: array<f32>;
@group(0) @binding(3) var<storage, read_write> table: array<f32>;
${index(`step.rows * ${width}u`)} {
  let slot = step.firstRow + i / ${width}u;
  table[rows[slot] * ${width}u + i % ${width}u] += ${single(learningRate)} * gradients[i];
}`;
}
