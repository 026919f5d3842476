import { Matrix } from "../../data/matrix.ts";
import { PCA } from "../../library/pca.ts";
import { blobs, type SpeedRows } from "../data.ts";
import { figures, speedCase } from "../speed-case.ts";

interface PcaData extends SpeedRows {
  readonly k: number;
}

interface Shape {
  readonly rows: number;
  readonly columns: number;
}

const k = 10;

/** The first ten principal components. */
export const pca = speedCase<Shape, PcaData>({
  id: "pca",
  shapes: {
    tiny: { rows: 300, columns: 12 },
    small: { rows: 10_000, columns: 50 },
    large: { rows: 50_000, columns: 100 },
  },
  describe: ({ rows, columns }) => `${figures(rows, columns)}, k = ${k}`,
  runners: ["webgpu", "wasm"],
  rounds: 3,
  quality: "first singular value",
  stepData: "all",
  data: ({ rows, columns }) => ({ ...blobs(rows, columns, 20), k }),
  // Half of the products of all pairs of columns.
  flops: ({ rows, columns }) => rows * columns * columns,
  floorBytes: ({ rows, columns }) => 4 * (rows * columns + k * columns),
  async ours(device, { rows, columns, x }) {
    const X = new Matrix(x, rows, columns);
    let model = new PCA({ nComponents: k, device });
    return {
      steps: 1,
      async round() {
        model = await new PCA({ nComponents: k, device }).fit(X);
      },
      quality: async () => model.singularValues[0]!,
      dispose: () => undefined,
    };
  },
});
