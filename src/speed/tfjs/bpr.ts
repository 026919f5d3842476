import type { Scalar, Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import type { TfNamespace } from "../../compute/tf-namespace.ts";
import { rowOfEach } from "../../compute/csr.ts";
import { seededRandom } from "../../core/random.ts";
import type { BprData } from "../cases/bpr.ts";
import { rankedAbove } from "../data.ts";
import type { Work } from "../measure.ts";
import { always } from "../settings.ts";

/** Bayesian personalised ranking in TF.js: rows are gathered, one `minimize` by gradient descent a step. */
export async function bprTwin(tf: TfNamespace, data: BprData): Promise<Work> {
  const { userItems, factors, batch, learningRate, regularization, start } = data;
  const width = factors + 1;
  const items = tf.tidy(() => tf.variable(tf.tensor2d(start.items, [userItems.columns, width])));
  const users = tf.variable(usersOf(tf, data));
  const optimizer = tf.train.sgd(learningRate);
  const random = seededRandom(0);
  const rowOf = rowOfEach(userItems);
  const draws = rowOf.length;

  function step(count: number): void {
    const pairs = Int32Array.from({ length: count }, () => random.integer(draws));
    const list = (item: (pair: number) => number): Tensor1D => tf.tensor1d(pairs.map(item), "int32");
    const [who, liked, other] = [
      list((pair) => rowOf[pair]!),
      list((pair) => userItems.indices[pair]!),
      list(() => userItems.indices[random.integer(draws)]!),
    ];
    optimizer.minimize(
      () => {
        const x = rowsAt(tf, users, who);
        const [y, z] = [rowsAt(tf, items, liked), rowsAt(tf, items, other)];
        const [near, far] = [y, z].map((rows) => rows.slice([0, 0], [-1, factors]));
        const scores = x
          .mul(near!.sub(far!))
          .sum(1)
          .add(y.sub(z).slice([0, factors]).sum(1));
        const squares = tf.addN([x, y, z].map((rows) => rows.square().sum()));
        return scores
          .neg()
          .softplus()
          .sum()
          .add<Scalar>(squares.mul(regularization / 2));
      },
      false,
      [users, items],
    );
  }

  return {
    steps: Math.ceil(draws / batch),
    async round() {
      for (let from = 0; from < draws; from += batch) {
        tf.tidy(() => step(Math.min(batch, draws - from)));
        await always();
      }
      await tf.tidy(() => items.slice(0, 1)).data();
    },
    async quality() {
      const ones = tf.tidy(() => tf.concat([users, tf.ones([userItems.rows, 1])], 1));
      const [x, y] = await Promise.all([ones.data(), items.data()]);
      ones.dispose();
      return rankedAbove(data, x as Float32Array, y as Float32Array, width);
    },
    dispose() {
      optimizer.dispose();
      tf.dispose([users, items]);
    },
  };
}

/** Users' factors without the 1 that ends each row. */
function usersOf(tf: TfNamespace, { userItems, factors, start }: BprData): Tensor2D {
  return tf.tidy(() => tf.tensor2d(start.users, [userItems.rows, factors + 1]).slice([0, 0], [-1, factors]));
}

/** Rows of a table; the wasm backend cannot derive `gather`, so there its gradient is scattered. */
function rowsAt(tf: TfNamespace, table: Tensor2D, indices: Tensor1D): Tensor2D {
  if (tf.getBackend() !== "wasm") return tf.gather(table, indices);
  const { shape } = table;
  const gather = tf.customGrad((given) => ({
    value: tf.gather(given as Tensor, indices),
    gradFunc: (gradient: Tensor) => tf.scatterND(indices.expandDims(1), gradient, shape),
  }));
  return gather(table) as Tensor2D;
}
