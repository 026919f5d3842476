import { alsLoss, type AlsFactors, type AlsTrainer, type AlsTraining } from "../als.ts";
import { transposed, type Csr } from "../csr.ts";
import { gramBlock, gramTotal, solveRows, solveSingles } from "./als-kernels.ts";
import type { Dispatch, Gpu } from "./gpu.ts";
import { groupSize } from "./index-of.ts";
import { openOnGpu } from "./open.ts";

/** Most partial sums of a product of factors with themselves. */
const mostBlocks = 64;

/** The rows of one side on the device, and the other side's that each row has entries for. */
interface Side {
  readonly rows: number;
  readonly factors: GPUBuffer;
  readonly starts: GPUBuffer;
  readonly indices: GPUBuffer;
  /** |c| − 1 and c above 0, else 0, of each entry. */
  readonly weights: GPUBuffer;
  /** What each row's minimum is less its constant, and the square of its factors. */
  readonly found: GPUBuffer;
}

/** Alternating least squares on the GPU: for each side two kernels for the other's product with itself, and one that solves for all rows at once. */
export function openWgslAls(training: AlsTraining): Promise<AlsTrainer> {
  return openOnGpu((gpu) => open(gpu, training));
}

async function open(gpu: Gpu, training: AlsTraining): Promise<AlsTrainer> {
  const { userItems, factors, regularization, start } = training;
  gpu.checkWorkgroup(solveSingles(factors));
  const users = sideOf(gpu, userItems, start.users);
  const items = sideOf(gpu, transposed(userItems), start.items);
  const partial = gpu.buffer(mostBlocks * factors ** 2);
  const gram = gpu.buffer(factors ** 2);
  const [solveUsers, solveItems] = await Promise.all([solving(users, items), solving(items, users)]);

  /** The kernels that solve for one side, the other held fixed. */
  async function solving(side: Side, other: Side): Promise<readonly Dispatch[]> {
    const blockRows = Math.max(Math.ceil(other.rows / mostBlocks), 1);
    const blocks = Math.ceil(other.rows / blockRows);
    const [block, total, solve] = await Promise.all([
      gpu.pipeline(gramBlock({ rows: other.rows, factors, blockRows, blocks })),
      gpu.pipeline(gramTotal({ factors, blocks, regularization })),
      gpu.pipeline(solveRows(training, side.rows)),
    ]);
    const { starts, indices, weights, found } = side;
    return [
      {
        pipeline: block,
        bindings: gpu.bind(block, other.factors, partial),
        workgroups: Math.ceil((blocks * factors ** 2) / groupSize),
      },
      {
        pipeline: total,
        bindings: gpu.bind(total, partial, gram),
        workgroups: Math.ceil(factors ** 2 / groupSize),
      },
      {
        pipeline: solve,
        bindings: gpu.bind(solve, other.factors, gram, starts, indices, weights, side.factors, found),
        workgroups: side.rows,
      },
    ];
  }

  return {
    async epoch(breathe) {
      gpu.submit(solveUsers);
      await gpu.done();
      if (!(await breathe())) return null;
      gpu.submit(solveItems);
      const [ofUsers, ofItems] = await Promise.all([
        gpu.readSingles(users.found, 2 * users.rows),
        gpu.readSingles(items.found, 2 * items.rows),
      ]);
      if (!(await breathe())) return null;
      return alsLoss(training, everyOther(ofItems, 0), everyOther(ofUsers, 1));
    },
    async factors(): Promise<AlsFactors> {
      const [ofUsers, ofItems] = await Promise.all([
        gpu.readSingles(users.factors, users.rows * factors),
        gpu.readSingles(items.factors, items.rows * factors),
      ]);
      return { users: ofUsers, items: ofItems };
    },
    dispose: () => gpu.dispose(),
  };
}

/** The sum of every second value, from the first or the second on. */
function everyOther(values: Float32Array, from: 0 | 1): number {
  let sum = 0;
  for (let i = from; i < values.length; i += 2) sum += values[i]!;
  return sum;
}

function sideOf(gpu: Gpu, { rows, starts, indices, values }: Csr, factors: Float32Array): Side {
  const weights = new Float32Array(2 * values.length);
  for (const [k, c] of values.entries()) {
    weights[2 * k] = Math.abs(c) - 1;
    weights[2 * k + 1] = Math.max(c, 0);
  }
  return {
    rows,
    factors: gpu.buffer(factors as Float32Array<ArrayBuffer>),
    starts: gpu.buffer(Int32Array.from(starts)),
    indices: gpu.buffer(Int32Array.from(indices)),
    weights: gpu.buffer(weights),
    found: gpu.buffer(2 * rows),
  };
}
