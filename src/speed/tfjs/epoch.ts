import type { Scalar, Tensor1D } from "@tensorflow/tfjs-core";
import type { TfNamespace } from "../../compute/tf-namespace.ts";
import { permutation, type Random } from "../../core/random.ts";
import { always } from "../settings.ts";

/** One epoch of steps on batches of shuffled rows; gives the mean of their losses, read once at its end. `step` is run in a `tf.tidy`. */
export async function twinEpoch(
  tf: TfNamespace,
  rows: number,
  batch: number,
  random: Random,
  step: (which: Tensor1D) => Scalar,
): Promise<number> {
  const order = tf.tensor1d(Int32Array.from(permutation(rows, random)), "int32");
  const losses: Scalar[] = [];
  for (let from = 0; from < rows; from += batch) {
    losses.push(tf.tidy(() => step(order.slice(from, Math.min(batch, rows - from)))));
    await always();
  }
  const mean = tf.tidy(() => tf.stack(losses).mean());
  const [loss] = await mean.data();
  tf.dispose([order, mean, losses]);
  return loss!;
}
