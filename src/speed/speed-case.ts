import type { Tier } from "../compute/device.ts";
import { loadTf, type TfNamespace } from "../compute/tf-namespace.ts";
import { measure, type Job, type Work } from "./measure.ts";
import type { Runner, SpeedCase, SpeedSize } from "./speed.ts";

/** How a case is made of its parts, for a problem of any size. */
export interface CaseParts<Shape, Data extends object> {
  readonly id: string;
  readonly shapes: Readonly<Record<SpeedSize, Shape>>;
  /** The shape in figures. */
  describe(shape: Shape): string;
  readonly runners: readonly Runner[];
  /** Rounds that are timed. */
  readonly rounds: number;
  /** The name of the figure that `quality` of the work gives. */
  readonly quality: string;
  /** The data, the same whenever it is made. */
  data(shape: Shape): Data;
  /** Multiply-adds ×2 of a step. */
  flops(shape: Shape): number;
  floorBytes(shape: Shape): number;
  readonly ours: (tier: Tier, data: Data) => Promise<Work>;
  /** The same model as a TF.js user would write it; `tf` is ready on the backend. */
  readonly twin?: (tf: TfNamespace, data: Data) => Promise<Work>;
  /** The part of the data that a step needs, where the kernels bind all of it; null where what is bound does not tell what is moved. */
  readonly stepData: "all" | ((data: Data) => Data) | null;
}

/** A case of its parts. */
export function speedCase<Shape, Data extends object>(parts: CaseParts<Shape, Data>): SpeedCase {
  const { id, shapes, runners, stepData } = parts;
  return {
    id,
    runners,
    rounds: parts.rounds,
    data: (size) => parts.data(shapes[size]),
    sizes: {
      tiny: parts.describe(shapes.tiny),
      small: parts.describe(shapes.small),
      large: parts.describe(shapes.large),
    },
    async run(runner, size, signal) {
      if (!runners.includes(runner)) throw new RangeError(`${id}: there is no runner "${runner}"`);
      const shape = shapes[size];
      const data = parts.data(shape);
      const own = stepData !== null && !isTwin(runner);
      const job: Job = {
        rounds: parts.rounds,
        quality: parts.quality,
        flops: parts.flops(shape),
        floorBytes: parts.floorBytes(shape),
        onGpu: runner.endsWith("webgpu"),
        open: () => openWork(parts, runner, data),
        counted: !own ? null : stepData === "all" ? "rounds" : () => openWork(parts, runner, stepData(data)),
      };
      return measure(job, signal);
    },
  };
}

async function openWork<Shape, Data extends object>(
  { ours, twin }: CaseParts<Shape, Data>,
  runner: Runner,
  data: Data,
): Promise<Work> {
  const tier: Tier = runner.endsWith("webgpu") ? "webgpu" : "wasm";
  return isTwin(runner) ? twin!(await loadTf(tier), data) : ours(tier, data);
}

function isTwin(runner: Runner): boolean {
  return runner.startsWith("tfjs");
}

/** Figures of a shape as they are written: "50,000 × 16". */
export function figures(...numbers: readonly number[]): string {
  return numbers.map((number) => number.toLocaleString("en")).join(" × ");
}
