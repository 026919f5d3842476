import type { TfNamespace } from "../../compute/tf-namespace.ts";
import type { KMeansData } from "../cases/k-means.ts";
import type { Work } from "../measure.ts";

/** Lloyd's algorithm in TF.js: |x − c|² by a matrix product, sums of members by another with the one-hot labels. */
export async function kMeansTwin(tf: TfNamespace, data: KMeansData): Promise<Work> {
  const { rows, columns, x, k } = data;
  const points = tf.tensor2d(x, [rows, columns]);
  const squares = tf.tidy(() => points.square().sum());
  let centres = tf.tidy(() => points.slice(0, k).clone());

  async function step(): Promise<void> {
    const found = tf.tidy(() => {
      const products = tf.matMul(points, centres, false, true);
      const distances = centres.square().sum(1).sub(products.mul(2));
      // Asked for singles, oneHot of the wasm backend gives the bits of integers.
      const members = tf.oneHot(distances.argMin(1), k).toFloat();
      const counts = members.sum(0).expandDims(1);
      const means = tf.matMul(members, points, true).div(counts.maximum(1));
      const moved = tf.where(counts.greater(0), means, centres);
      return { moved, inertia: distances.min(1).sum().add(squares) };
    });
    centres.dispose();
    centres = found.moved as typeof centres;
    await found.inertia.data();
    found.inertia.dispose();
  }

  return {
    steps: 1,
    round: step,
    quality: async () => inertiaOf(data, (await centres.data()) as Float32Array),
    dispose: () => tf.dispose([points, squares, centres]),
  };
}

/** The inertia in doubles: TF.js adds it up in singles, which lose digits over many rows. */
function inertiaOf({ rows, columns, x, k }: KMeansData, centres: Float32Array): number {
  let inertia = 0;
  for (let i = 0; i < rows; i++) {
    let least = Infinity;
    for (let c = 0; c < k; c++) {
      let distance = 0;
      for (let j = 0; j < columns; j++) distance += (x[i * columns + j]! - centres[c * columns + j]!) ** 2;
      least = Math.min(least, distance);
    }
    inertia += least;
  }
  return inertia;
}
