import { RecurrentClassifier } from "./recurrent-classifier.ts";
import type { RecurrentParams } from "./recurrent-params.ts";

const name = "LSTMClassifier";

/**
 * A classifier of event sequences that reads them in order: each event's learnt embedding, and its numbers standardised, go through long short-term
 * memory, i, f, o = σ(W·[x, h]), g = tanh(W·[x, h]), c ← f·c + i·g, h ← o·tanh c, and the last h through a linear layer to the logistic function (two
 * classes) or the softmax (more). Minimises the cross-entropy plus ½·alpha/sequences·Σw² a batch by Adam, in single precision on the GPU or in SIMD
 * wasm, in batches of sequences of about one length. `dropout` is that of a Dropout layer between the cells and the linear layer; `clipNorm` scales
 * the whole gradient by min(1, clipNorm / ‖g‖), as Keras' global_clipnorm does.
 * X: n sequences, oldest event first, each an array of events, which are names or `[name, ...numbers]`; `eventSequences` makes them of a table.
 * y: n labels of one type. A sequence may be empty, and kinds of event that fit did not see count as unknown. Anything else is refused with the event
 * and the row; a loss that is no longer a number is a RangeError. Rows held out decide when to stop, as in `MLPClassifier`.
 * Source: Hochreiter & Schmidhuber 1997; Gers, Schmidhuber & Cummins 2000; Pascanu, Mikolov & Bengio 2013.
 */
export class LSTMClassifier extends RecurrentClassifier {
  constructor(params: RecurrentParams = {}) {
    super(name, "lstm", params);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): LSTMClassifier {
    const { params, fitted } = RecurrentClassifier.unpack(name, bytes);
    return new LSTMClassifier(params).restore(fitted);
  }
}
