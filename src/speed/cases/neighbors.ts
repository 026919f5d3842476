import { Matrix } from "../../data/matrix.ts";
import { NearestNeighbors } from "../../library/nearest-neighbors.ts";
import { blobs, type SpeedRows } from "../data.ts";
import { figures, speedCase } from "../speed-case.ts";
import { neighborsTwin } from "../tfjs/neighbors.ts";

/** Rows, each of which is to find its k nearest others. */
export interface NeighborsData extends SpeedRows {
  readonly k: number;
}

interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly k: number;
}

/** The nearest others of all rows by looking at all pairs. */
export const neighbors = speedCase<Shape, NeighborsData>({
  id: "neighbors",
  shapes: {
    tiny: { rows: 300, columns: 8, k: 5 },
    small: { rows: 5000, columns: 64, k: 20 },
    large: { rows: 20_000, columns: 64, k: 20 },
  },
  describe: ({ rows, columns, k }) => `${figures(rows, columns)}, k = ${k}`,
  runners: ["webgpu", "wasm", "tfjs-webgpu", "tfjs-wasm"],
  rounds: 2,
  quality: "mean distance",
  stepData: "all",
  data: ({ rows, columns, k }) => ({ ...blobs(rows, columns, 20), k }),
  flops: ({ rows, columns }) => 2 * rows * rows * columns,
  floorBytes: ({ rows, columns, k }) => 4 * rows * columns + 8 * rows * k,
  async ours(device, { rows, columns, x, k }) {
    const model = await new NearestNeighbors({ nNeighbors: k, device }).fit(new Matrix(x, rows, columns));
    let distances: Float64Array = new Float64Array();
    return {
      steps: 1,
      async round() {
        ({ data: distances } = (await model.kneighbors()).distances);
      },
      quality: async () => distances.reduce((sum, distance) => sum + distance, 0) / distances.length,
      dispose: () => undefined,
    };
  },
  twin: neighborsTwin,
});
