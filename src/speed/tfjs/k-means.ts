import type { TfNamespace } from "../../compute/tf-namespace.ts";
import type { KMeansData } from "../cases/k-means.ts";
import type { Work } from "../measure.ts";

/** Lloyd's algorithm in TF.js: |x − c|² by a matrix product, sums of members by another with the one-hot labels. */
export async function kMeansTwin(tf: TfNamespace, { rows, columns, x, k }: KMeansData): Promise<Work> {
  const points = tf.tensor2d(x, [rows, columns]);
  const squares = tf.tidy(() => points.square().sum());
  let centres = tf.tidy(() => points.slice(0, k).clone());

  async function step(): Promise<number> {
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
    const [inertia] = await found.inertia.data();
    found.inertia.dispose();
    return inertia!;
  }

  return {
    steps: 1,
    round: async () => void (await step()),
    quality: step,
    dispose: () => tf.dispose([points, squares, centres]),
  };
}
