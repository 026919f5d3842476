import type { Random } from "../core/random.ts";

/** What a hidden layer applies to its sums. */
export type Activation = "relu" | "tanh" | "logistic" | "identity";

/** What the last layer's sums mean: `classes`, by the logistic function (one output, P(second class)) or the softmax (more), or `values` as they are. */
export type Outputs = "classes" | "values";

/** A multilayer perceptron: units of each layer from input to output, with cross-entropy as the loss of classes and half the squared error as that of values. */
export interface MlpNetwork {
  readonly units: readonly number[];
  readonly activation: Activation;
  readonly outputs: Outputs;
}

/** Where one layer stands in the flat buffer of all parameters: weights (inputs × outputs, row-major), then intercepts. */
export interface MlpLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: number;
  readonly intercepts: number;
}

/** The layers of a network in the order of its flat parameters, and how many these are. */
export function mlpLayers({ units }: MlpNetwork): { layers: MlpLayer[]; size: number } {
  let size = 0;
  const layers = units.slice(1).map((outputs, i) => {
    const inputs = units[i]!;
    const weights = size;
    const intercepts = weights + inputs * outputs;
    size = intercepts + outputs;
    return { inputs, outputs, weights, intercepts };
  });
  return { layers, size };
}

/** First parameters, uniform in ±√(6 / (inputs + outputs)) of each layer; 2 in place of 6 for `logistic`. Source: Glorot & Bengio 2010. */
export function initialParameters(network: MlpNetwork, random: Random): Float32Array {
  const { layers, size } = mlpLayers(network);
  const parameters = new Float32Array(size);
  for (const { inputs, outputs, weights, intercepts } of layers) {
    const bound = Math.sqrt((network.activation === "logistic" ? 2 : 6) / (inputs + outputs));
    for (let i = weights; i < intercepts + outputs; i++) parameters[i] = (random.next() * 2 - 1) * bound;
  }
  return parameters;
}
