import type { Scalar, Tensor, Variable } from "@tensorflow/tfjs-core";
import type { TfNamespace } from "../../compute/tf-namespace.ts";
import { mlpLayers } from "../../compute/mlp-network.ts";
import { seededRandom } from "../../core/random.ts";
import type { MlpData } from "../cases/mlp.ts";
import type { Work } from "../measure.ts";
import { adam, learningRate, mlpNetwork } from "../settings.ts";
import { twinEpoch } from "./epoch.ts";

/** The network in TF.js: variables, one `minimize` a step. */
export async function mlpTwin(tf: TfNamespace, data: MlpData): Promise<Work> {
  const { rows, columns, batch, parameters } = data;
  const x = tf.tensor2d(data.x, [rows, columns]);
  const y = tf.tensor2d(data.y, [rows, 1]);
  const layers = mlpLayers(mlpNetwork(columns)).layers.map(({ inputs, outputs, weights, intercepts }) => ({
    weights: tf.tidy(() =>
      tf.variable(tf.tensor2d(parameters.slice(weights, intercepts), [inputs, outputs])),
    ),
    intercepts: tf.tidy(() => tf.variable(tf.tensor1d(parameters.slice(intercepts, intercepts + outputs)))),
  }));
  const variables: Variable[] = layers.flatMap((layer) => [layer.weights, layer.intercepts]);
  const optimizer = tf.train.adam(learningRate, adam.beta1, adam.beta2, adam.epsilon);
  const random = seededRandom(0);
  let loss = NaN;

  const logits = (inputs: Tensor): Tensor =>
    layers.reduce((values, layer, i) => {
      const sums = values.matMul(layer.weights).add(layer.intercepts);
      return i + 1 < layers.length ? sums.relu() : sums;
    }, inputs);

  return {
    steps: Math.ceil(rows / batch),
    async round() {
      loss = await twinEpoch(tf, rows, batch, random, (which) => {
        const [inputs, targets] = [x.gather(which), y.gather(which)];
        const cost = (): Scalar => tf.losses.sigmoidCrossEntropy(targets, logits(inputs));
        return optimizer.minimize(cost, true, variables)!;
      });
    },
    quality: async () => loss,
    dispose() {
      optimizer.dispose();
      tf.dispose([x, y, variables]);
    },
  };
}
