import { permutation, seededRandom } from "../../src/core/random.ts";
import { bprSampler } from "../../src/compute/simd/bpr-sampler.ts";
import { padRows } from "../../src/compute/simd/rows.ts";
import { openSimd } from "../../src/compute/simd/simd.ts";
import { bpr, type BprData } from "../../src/speed/cases/bpr.ts";
import type { SpeedSize } from "../../src/specs/speed.ts";

/** What a draw costs, in nanoseconds, and what the memory that it works in costs by itself. */
export interface BprProfile {
  readonly draws: number;
  readonly batch: number;
  /** Bytes of the rows of users and items. */
  readonly bytes: number;
  /** Items that a step meets, a draw. */
  readonly items: number;
  /** A draw and its share of the step by `bprStep` itself, no draw being left out. */
  readonly whole: number;
  readonly sampling: number;
  /** What each of the step's phases adds to those before it. */
  readonly phases: readonly number[];
  /** The step's rows read and written back in its order. */
  readonly carried: number;
  /** A row read at random, together with others and after the one that names it. */
  readonly scattered: number;
  readonly chained: number;
  /** Bytes a nanosecond, read and written, in a row. */
  readonly streamed: number;
}

const phases = 6;
const headWords = 4;
const repeats = 7;

/** Takes the figures of the speed page's case of that size. Each is the fastest of several epochs, taken in turn. */
export function profileBpr(size: SpeedSize): BprProfile {
  const data = bpr.data(size) as BprData;
  const { userItems, factors, batch, learningRate, regularization, start } = data;
  const { rows, columns, indices } = userItems;
  const draws = indices.length;
  const simd = openSimd(
    "bprMark",
    "bprSample",
    "bprStep",
    "firstPhases",
    "carryRows",
    "stream",
    "scattered",
    "chained",
  );
  const { kernels } = simd;
  const stride = Math.ceil(factors / 16) * 16;
  const triples = simd.i32(4 * batch + 1).at;
  const table = simd.f32((rows + 2 * columns) * stride);
  const heads = simd.f32(headWords * columns);
  const sample = bprSampler(
    simd,
    { ...data, batchSize: batch, negatives: indices, verifyNegativeSamples: false },
    triples,
  );
  const touched = Math.min(2 * batch, columns) + 1;
  const slots = simd.i32(touched).at;
  const [own, z] = [simd.f32(stride).at, simd.f32(8).at];
  padRows(start.users, factors + 1, factors, table.view(), 0, stride);
  const items = table.view().subarray(rows * stride);
  for (const at of [0, stride]) padRows(start.items, factors + 1, factors, items.subarray(at), 0, 2 * stride);

  const epoch = (step: (count: number) => void) => (): void => {
    for (let from = 0; from < draws; from += batch) step(sample(0, from, Math.min(from + batch, draws)));
  };
  const step = (count: number): number[] => [
    table.at,
    stride * 4,
    heads.at,
    triples,
    count,
    learningRate,
    regularization,
    rows,
    slots,
    own,
    z,
  ];
  const upTo = (last: number) => epoch((count) => kernels.firstPhases(last, ...step(count)));
  const timed = fastest({
    whole: epoch((count) => kernels.bprStep(...step(count))),
    sampling: epoch(() => undefined),
    ...Object.fromEntries(Array.from({ length: phases }, (_, phase) => [phase, upTo(phase + 1)])),
    carried: epoch((count) => kernels.carryRows(table.at, stride * 4, heads.at, triples, count, rows, slots)),
  });
  const perDraw = (milliseconds: number): number => (milliseconds * 1e6) / draws;
  const sums = [timed.sampling!, ...Array.from({ length: phases }, (_, phase) => timed[phase]!)].map(perDraw);
  return {
    draws,
    batch,
    bytes: table.view().byteLength,
    items: itemsMet(),
    whole: perDraw(timed.whole!),
    sampling: sums[0]!,
    phases: sums.slice(1).map((sum, phase) => sum - sums[phase]!),
    carried: perDraw(timed.carried!) - sums[0]!,
    ...memory(),
  };

  /** The items of the first step by the draws of it. */
  function itemsMet(): number {
    const count = sample(0, 0, batch);
    const words = new Int32Array(table.view().buffer, triples, 4 * count);
    return new Set(words.filter((_, at) => at % 4 === 1 || at % 4 === 2)).size / count;
  }

  /** The table's memory by itself; it is of no more use after that. */
  function memory(): Pick<BprProfile, "scattered" | "chained" | "streamed"> {
    const all = rows + 2 * columns;
    const order = permutation(all, seededRandom(1));
    const places = simd.i32(order).at;
    const words = new Int32Array(table.view().buffer, table.at, all * stride);
    order.forEach((row, at) => (words[row * stride] = order[(at + 1) % all]!));
    const bytes = all * stride * 4;
    // Often enough for a clock that tells tenths of a millisecond.
    const times = Math.ceil(1e8 / bytes);
    const again = (work: () => void) => (): void => {
      for (let time = 0; time < times; time++) work();
    };
    const { scattered, chained } = fastest({
      scattered: again(() => kernels.scattered(table.at, stride * 4, places, all)),
      chained: again(() => kernels.chained(table.at, stride * 4, all)),
    });
    const { streamed } = fastest({ streamed: again(() => kernels.stream(table.at, bytes)) });
    return {
      scattered: (scattered! * 1e6) / (times * all),
      chained: (chained! * 1e6) / (times * all),
      streamed: (2 * times * bytes) / (streamed! * 1e6),
    };
  }
}

/** The least milliseconds of each, taken in turn. */
function fastest(works: Readonly<Record<string, () => void>>): Record<string, number> {
  const least: Record<string, number> = {};
  for (let repeat = 0; repeat <= repeats; repeat++)
    for (const [name, work] of Object.entries(works)) {
      const began = performance.now();
      work();
      const took = performance.now() - began;
      // The first is for the engine to compile.
      if (repeat > 0) least[name] = Math.min(least[name] ?? Infinity, took);
    }
  return least;
}
