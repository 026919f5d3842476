import { RecurrentClassifier } from "./recurrent-classifier.ts";
import type { RecurrentParams } from "./recurrent-params.ts";

const name = "GRUClassifier";

/**
 * `LSTMClassifier` with gated recurrent units, which have fewer weights: r, z = σ(W·x + U·h), g = tanh(W·x + r·(U·h)), h ← (1 − z)·g + z·h.
 * X: n sequences of events, oldest first; y: n labels of one type. Parameters, training and errors are those of `LSTMClassifier`.
 * Source: Cho et al. 2014, with the reset gate after the product, as in cuDNN, PyTorch and Keras.
 */
export class GRUClassifier extends RecurrentClassifier {
  constructor(params: RecurrentParams = {}) {
    super(name, "gru", params);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): GRUClassifier {
    const { params, fitted } = RecurrentClassifier.unpack(name, bytes);
    return new GRUClassifier(params).restore(fitted);
  }
}
