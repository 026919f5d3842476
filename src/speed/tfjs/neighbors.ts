import type { TfNamespace } from "../../compute/tf-namespace.ts";
import type { NeighborsData } from "../cases/neighbors.ts";
import type { Work } from "../measure.ts";
import { always } from "../settings.ts";

const rowsAtOnce = 1000;

/** Nearest neighbours in TF.js: |x − y|² by matrix products, `topk` of each row, which finds the row itself first. */
export async function neighborsTwin(tf: TfNamespace, { rows, columns, x, k }: NeighborsData): Promise<Work> {
  const points = tf.tensor2d(x, [rows, columns]);
  const squares = tf.tidy(() => points.square().sum(1));
  let mean = NaN;

  return {
    steps: 1,
    async round() {
      let sum = 0;
      for (let from = 0; from < rows; from += rowsAtOnce) {
        const count = Math.min(rowsAtOnce, rows - from);
        const found = tf.tidy(() => {
          const queries = points.slice(from, count);
          const near = queries.matMul(points, false, true).mul(2).sub(squares);
          const { values, indices } = near.topk(k + 1);
          const distances = squares.slice(from, count).expandDims(1).sub(values).maximum(0).sqrt();
          return { indices, distances };
        });
        const [distances] = await Promise.all([found.distances.data(), found.indices.data()]);
        for (const [i, distance] of distances.entries()) if (i % (k + 1) > 0) sum += distance;
        tf.dispose(found);
        await always();
      }
      mean = sum / (rows * k);
    },
    quality: async () => mean,
    dispose: () => tf.dispose([points, squares]),
  };
}
