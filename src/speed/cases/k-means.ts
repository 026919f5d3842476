import { openKMeans } from "../../compute/k-means.ts";
import { blobs, type SpeedRows } from "../data.ts";
import { figures, speedCase } from "../speed-case.ts";
import { kMeansTwin } from "../tfjs/k-means.ts";

/** Rows to cluster around k centres, which begin at the first k rows. */
export interface KMeansData extends SpeedRows {
  readonly k: number;
}

interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly k: number;
}

/** Steps of Lloyd's algorithm. */
export const kMeans = speedCase<Shape, KMeansData>({
  id: "k-means",
  shapes: {
    tiny: { rows: 2000, columns: 8, k: 4 },
    small: { rows: 50_000, columns: 16, k: 8 },
    large: { rows: 1_000_000, columns: 32, k: 20 },
  },
  describe: ({ rows, columns, k }) => `${figures(rows, columns)}, k = ${k}`,
  runners: ["webgpu", "wasm", "tfjs-webgpu", "tfjs-wasm"],
  rounds: 10,
  quality: "inertia",
  stepData: "all",
  data: ({ rows, columns, k }) => ({ ...blobs(rows, columns, k), k }),
  flops: ({ rows, columns, k }) => 2 * rows * columns * (k + 1),
  floorBytes: ({ rows, columns, k }) => 4 * (rows * columns + 2 * k * columns),
  async ours(tier, data) {
    const { columns, x, k } = data;
    const kernel = await openKMeans(tier, data, k);
    kernel.setCentres(x.slice(0, k * columns));
    return {
      steps: 1,
      round: async () => void (await kernel.step()),
      quality: async () => (await kernel.step()).inertia,
      dispose: () => kernel.dispose(),
    };
  },
  twin: kMeansTwin,
});
