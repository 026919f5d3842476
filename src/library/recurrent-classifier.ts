import type { RecurrentNetwork } from "../compute/recurrent-network.ts";
import { enoughInLine } from "../compute/device.ts";
import { recurrentProbabilities, recurrentWork } from "../compute/recurrent-tiers.ts";
import { deviceFor, withDevice } from "../compute/tfjs.ts";
import type { Matrix } from "../data/matrix.ts";
import type { Resumption } from "../specs/training.ts";
import { accuracyScore } from "./accuracy-score.ts";
import { classProbabilities } from "./class-probabilities.ts";
import { checkClasses } from "./classified-rows.ts";
import { clone } from "./clone.ts";
import type { Classifier, Label, Labels } from "./estimator.ts";
import type { EventSequence } from "./event-sequences.ts";
import { iterationTeller, type FitOptions } from "./fit-callback.ts";
import { checkSameRows, toLabels } from "./inputs.ts";
import { withDefaults } from "./params.ts";
import { checkRecurrentParams, recurrentDefaults, type RecurrentParams } from "./recurrent-params.ts";
import { packModel, unpackModel } from "./saved.ts";
import { checkedSequences, encoded, encodingOf, type SequenceEncoding } from "./sequence-encoder.ts";
import { trainRecurrent, type TrainedRecurrent } from "./training-recurrent.ts";

interface Fitted extends TrainedRecurrent {
  readonly classes: readonly Label[];
  readonly encoding: SequenceEncoding;
}

/** What `LSTMClassifier` and `GRUClassifier` have in common: all but the cell. */
export abstract class RecurrentClassifier implements Classifier {
  readonly #kind: string;
  readonly #cell: RecurrentNetwork["cell"];
  readonly #params: Required<RecurrentParams>;
  #fitted: Fitted | null = null;

  constructor(kind: string, cell: RecurrentNetwork["cell"], params: RecurrentParams) {
    this.#kind = kind;
    this.#cell = cell;
    this.#params = withDefaults(kind, recurrentDefaults, params);
    checkRecurrentParams(kind, this.#params);
  }

  /** All parameters, defaults filled in. */
  getParams(): Required<RecurrentParams> {
    return this.#params;
  }

  /** Trains on sequences X (n) and labels y (n); `callback` is told of each epoch. A single class is a RangeError; stopping the cell is an AbortError. */
  async fit(X: readonly EventSequence[], y: Labels, { callback }: FitOptions<this> = {}): Promise<this> {
    const kind = this.#kind;
    const sequences = checkedSequences(X, this.#params.maxLength, `${kind}.fit: X`);
    const { classes, codes } = toLabels(y, `${kind}.fit: y`);
    checkSameRows("X", sequences.length, "y", codes.length);
    checkClasses(kind, classes);
    const encoding = encodingOf(sequences);
    const shape = {
      cell: this.#cell,
      kinds: encoding.kinds.length + 1,
      numbers: encoding.means.length,
    };
    const given = encoded(sequences, encoding);
    const { hiddenSize, embeddingSize, batchSize } = this.#params;
    const events = (given.kinds.length / sequences.length) * Math.min(batchSize, sequences.length);
    const work = recurrentWork({ ...shape, hiddenSize, embeddingSize, outputs: 1 }, events);
    const device = await deviceFor(this.#params.device ?? undefined, work, enoughInLine);
    const fitted = (trained: TrainedRecurrent): Fitted => ({ ...trained, classes, encoding });
    const tell = iterationTeller(callback, (trained: TrainedRecurrent) =>
      clone(this).restore(fitted(trained)),
    );
    this.restore(
      fitted(await trainRecurrent(kind, this.#params, device, shape, given, codes, classes.length, tell)),
    );
    await callback?.teardown?.(this);
    return this;
  }

  /** Sorted labels seen in fit. */
  get classes(): readonly Label[] {
    return this.#state.classes;
  }

  /** Kinds of event seen in fit, in the order they were met; any other is the same unknown one. */
  get events(): readonly (string | number)[] {
    return this.#state.encoding.kinds;
  }

  /** Mean cross-entropy of the training sequences in each epoch, as they were met. */
  get lossCurve(): Float64Array {
    return this.#state.loss;
  }

  /** Mean cross-entropy of the sequences held out after each epoch; empty where none were. */
  get validationLoss(): Float64Array {
    return this.#state.validationLoss;
  }

  /** Epochs done. */
  get nIter(): number {
    return this.#state.loss.length;
  }

  /** Whether a person ended training early. */
  get stopped(): boolean {
    return this.#state.stopped;
  }

  /** GPU devices that were lost in fit, and how it went on. */
  get resumed(): readonly Resumption[] {
    return this.#state.resumed ?? [];
  }

  /** The likeliest label of each sequence; of equal ones the first. */
  async predict(X: readonly EventSequence[]): Promise<Label[]> {
    const probabilities = await this.predictProba(X);
    return Array.from({ length: probabilities.rows }, (_, i) => {
      const row = probabilities.row(i);
      return this.classes[row.indexOf(Math.max(...row))]!;
    });
  }

  /** Probability of each class, n × classes, rows sum to 1. */
  async predictProba(X: readonly EventSequence[]): Promise<Matrix<Float64Array>> {
    const { network, parameters, encoding, classes } = this.#state;
    const sequences = checkedSequences(X, this.#params.maxLength, `${this.#kind}: X`, network.numbers);
    const events = encoded(sequences, encoding);
    const given = await withDevice(
      this.#params.device ?? undefined,
      ({ tier }) => recurrentProbabilities(tier, network, parameters, events),
      recurrentWork(network, events.kinds.length),
    );
    return classProbabilities(given, classes.length);
  }

  /** Share of sequences labelled right, in [0, 1]. */
  async score(X: readonly EventSequence[], y: Labels): Promise<number> {
    return accuracyScore(y, await this.predict(X));
  }

  /** The fitted estimator as bytes, for the static `load` of its class. */
  save(): Uint8Array<ArrayBuffer> {
    return packModel(this.#kind, { params: this.#params, fitted: this.#state });
  }

  /** Takes over what `fitted` of saved bytes holds. */
  protected restore(fitted: Fitted): this {
    this.#fitted = fitted;
    return this;
  }

  /** Parameters and what was learnt, from the bytes of `save()`. */
  protected static unpack(kind: string, bytes: Uint8Array): { params: RecurrentParams; fitted: Fitted } {
    return unpackModel(kind, bytes) as { params: RecurrentParams; fitted: Fitted };
  }

  get #state(): Fitted {
    if (!this.#fitted) throw new Error(`${this.#kind}: call fit first`);
    return this.#fitted;
  }
}
