import type { Scalar, Tensor, Variable } from "@tensorflow/tfjs-core";
import type { TfNamespace } from "../../compute/tf-namespace.ts";
import { seededRandom } from "../../core/random.ts";
import type { RecurrentData } from "../cases/recurrent.ts";
import type { Work } from "../measure.ts";
import { adam, learningRate } from "../settings.ts";
import { twinEpoch } from "./epoch.ts";

/** The network of tf.layers' own cells, one `minimize` a step. */
export async function recurrentTwin(tf: TfNamespace, data: RecurrentData): Promise<Work> {
  const { sequences, steps, columns, cell, hiddenSize: units, batch } = data;
  const x = tf.tensor3d(data.x, [sequences, steps, columns]);
  const y = tf.tensor2d(data.y, [sequences, 1]);
  const settings = {
    units,
    inputShape: [steps, columns],
    recurrentActivation: "sigmoid" as const,
    recurrentInitializer: "glorotUniform" as const,
  };
  const model = tf.sequential({
    layers: [
      cell === "lstm" ? tf.layers.lstm(settings) : tf.layers.gru(settings),
      tf.layers.dense({ units: 1 }),
    ],
  });
  const optimizer = tf.train.adam(learningRate, adam.beta1, adam.beta2, adam.epsilon);
  const variables = model.trainableWeights.map((weight) => weight.read() as Variable);
  const random = seededRandom(0);
  let loss = NaN;

  return {
    steps: Math.ceil(sequences / batch),
    async round() {
      loss = await twinEpoch(tf, sequences, batch, random, (which) => {
        const [inputs, targets] = [x.gather(which), y.gather(which)];
        const cost = (): Scalar =>
          tf.losses.sigmoidCrossEntropy(targets, model.apply(inputs, { training: true }) as Tensor);
        return optimizer.minimize(cost, true, variables)!;
      });
    },
    quality: async () => loss,
    dispose() {
      model.dispose();
      optimizer.dispose();
      tf.dispose([x, y]);
    },
  };
}
