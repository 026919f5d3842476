import { drawsPerBreath, type BprTraining } from "../bpr.ts";
import { bprSampler } from "../simd/bpr-sampler.ts";
import { openSimd } from "../simd/simd.ts";
import type { StepValues } from "./steps.ts";

/** The draws of an epoch, and for each step the rows that it moves with what each takes part in. */
export interface BprEpoch {
  /** Three rows a draw: user, item liked, other; items stand below users. */
  readonly triples: Uint32Array<ArrayBuffer>;
  /** The rows that steps move, one after another. */
  readonly rows: Uint32Array<ArrayBuffer>;
  /** Where the entries of each of them begin, and where the last ends. */
  readonly starts: Uint32Array<ArrayBuffer>;
  /** 4 · draw + place in its triple, row by row, in the order of draws. */
  readonly entries: Uint32Array<ArrayBuffer>;
  /** What the kernels are told of each step: its first draw, draws, first row and rows. */
  readonly steps: readonly StepValues[];
  /** Draws that were not left out. */
  readonly met: number;
}

/** Makes the epoch of a key, or gives null once `breathe` gave false. */
export type BprEpochs = (key: number, breathe: () => Promise<boolean>) => Promise<BprEpoch | null>;

/** Makes epochs on the processor, with the draws of the SIMD tier. */
export function bprEpochs(training: BprTraining): BprEpochs {
  const { userItems, batchSize } = training;
  const simd = openSimd("bprMark", "bprSample");
  const block = simd.i32(4 * batchSize + 1);
  const sample = bprSampler(simd, training, block.at);
  const draws = userItems.indices.length;
  const all = userItems.rows + userItems.columns;
  const [counts, next] = [new Uint32Array(all), new Uint32Array(all)];
  const triples = new Uint32Array(3 * draws);
  const entries = new Uint32Array(3 * draws);
  const rows = new Uint32Array(3 * draws);
  const starts = new Uint32Array(3 * draws + 1);
  return async (key, breathe) => {
    const steps: StepValues[] = [];
    let [met, moved, rested] = [0, 0, 0];
    for (let from = 0; from < draws; from += batchSize) {
      const count = sample(key, from, Math.min(from + batchSize, draws));
      const first = moved;
      const drawn = block.view();
      for (let k = 0; k < count; k++)
        for (let place = 0; place < 3; place++) {
          const row = drawn[4 * k + place]!;
          triples[3 * (met + k) + place] = row;
          if (counts[row]!++ === 0) rows[moved++] = row;
        }
      for (let slot = first; slot < moved; slot++) {
        const row = rows[slot]!;
        next[row] = starts[slot]!;
        starts[slot + 1] = starts[slot]! + counts[row]!;
        counts[row] = 0;
      }
      for (let k = 0; k < count; k++)
        for (let place = 0; place < 3; place++)
          entries[next[drawn[4 * k + place]!]!++] = 4 * (met + k) + place;
      steps.push({ whole: [met, count, first, moved - first], singles: [] });
      met += count;
      if (from - rested < drawsPerBreath) continue;
      rested = from;
      if (!(await breathe())) return null;
    }
    return { triples, rows, starts, entries, steps, met };
  };
}
