import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import type { TfNamespace } from "../../compute/tf-namespace.ts";
import { rowOfEach } from "../../compute/csr.ts";
import type { AlsData } from "../cases/als.ts";
import { rankedAbove } from "../data.ts";
import type { Work } from "../measure.ts";

/** Alternating least squares in TF.js: conjugate gradients of all rows at once, what is liked gathered and scattered. */
export async function alsTwin(tf: TfNamespace, data: AlsData): Promise<Work> {
  const { userItems, factors, confidence, regularization, cgSteps, start } = data;
  const who = tf.tensor1d(rowOfEach(userItems), "int32");
  const what = tf.tensor1d(userItems.indices, "int32");
  let users = tf.tensor2d(start.users, [userItems.rows, factors]);
  let items = tf.tensor2d(start.items, [userItems.columns, factors]);

  /** The rows of x, less far from where (YᵀY + λ + Yᵀ(C − 1)Y)x = YᵀCp; `own` and `others` are the rows of each like. */
  function solved(x: Tensor2D, y: Tensor2D, own: Tensor1D, others: Tensor1D): Tensor2D {
    const gram = tf.matMul(y, y, true).add<Tensor2D>(tf.eye(factors).mul(regularization));
    const liked = y.gather(others);
    const summed = (pulls: Tensor): Tensor2D => tf.scatterND(own.expandDims(1), pulls, x.shape);
    const product = (v: Tensor2D): Tensor2D => {
      const scores = v.gather(own).mul(liked).sum(1, true);
      return v.matMul(gram).add(summed(liked.mul(scores.mul(confidence - 1))));
    };
    let r = summed(liked.mul(confidence)).sub<Tensor2D>(product(x));
    let p = r;
    let square = r.square().sum(1, true);
    for (let step = 0; step < cgSteps; step++) {
      const ap = product(p);
      const length = square.div(p.mul(ap).sum(1, true).add(1e-20));
      x = x.add(p.mul(length));
      r = r.sub(ap.mul(length));
      const next = r.square().sum(1, true);
      p = r.add(p.mul(next.div(square.add(1e-20))));
      square = next;
    }
    return x;
  }

  return {
    steps: 1,
    async round() {
      const before = [users, items];
      users = tf.tidy(() => solved(users, items, who, what));
      items = tf.tidy(() => solved(items, users, what, who));
      tf.dispose(before);
      await tf.tidy(() => items.slice(0, 1)).data();
    },
    async quality() {
      const [x, y] = await Promise.all([users.data(), items.data()]);
      return rankedAbove(data, x as Float32Array, y as Float32Array, factors);
    },
    dispose: () => tf.dispose([who, what, users, items]),
  };
}
