import { mlpLayers } from "../compute/mlp-network.ts";
import { enoughInLine } from "../compute/device.ts";
import { mlpPredictions, mlpStepWork } from "../compute/mlp-tiers.ts";
import { deviceFor, withDevice } from "../compute/tfjs.ts";
import { Matrix } from "../data/matrix.ts";
import type { Resumption } from "../specs/training.ts";
import type { Features } from "./estimator.ts";
import { clone } from "./clone.ts";
import { iterationTeller, type FitOptions } from "./fit-callback.ts";
import { alignColumns, fittedNames, toMatrix } from "./inputs.ts";
import { batchRows, checkMlpParams, mlpDefaults, type AllMLPParams, type MLPParams } from "./mlp-params.ts";
import { withDefaults } from "./params.ts";
import { packModel, unpackModel } from "./saved.ts";
import { passMlp } from "./training-mlp-pass.ts";
import { trainMlp, type Targets, type TrainedMlp } from "./training-mlp.ts";

/** What a fitted perceptron remembers besides what it learnt: the names of its columns, null where they had none. */
interface FittedMlp extends TrainedMlp {
  readonly names: readonly string[] | null;
}

/** A fitted perceptron as bytes may hold it. */
type SavedMlp = Omit<FittedMlp, "optimizer"> & Partial<Pick<FittedMlp, "optimizer">>;

/** What `MLPClassifier` and `MLPRegressor` have in common: parameters, training, and how it went. */
export abstract class MLPModel<More extends object> {
  readonly #kind: string;
  readonly #params: AllMLPParams;
  #fitted: (FittedMlp & More) | null = null;

  constructor(kind: string, params: MLPParams) {
    this.#kind = kind;
    this.#params = withDefaults(kind, mlpDefaults, params);
    checkMlpParams(kind, this.#params);
  }

  /** All parameters, defaults filled in. */
  getParams(): AllMLPParams {
    return this.#params;
  }

  /** Mean loss of the training rows in each epoch, as they were met, without the penalty. */
  get lossCurve(): Float64Array {
    return this.state.loss;
  }

  /** Mean loss of the rows held out after each epoch; empty where none were. */
  get validationLoss(): Float64Array {
    return this.state.validationLoss;
  }

  /** Epochs done. */
  get nIter(): number {
    return this.state.loss.length;
  }

  /** Whether a person ended training early. */
  get stopped(): boolean {
    return this.state.stopped;
  }

  /** GPU devices that were lost in fit, and how it went on. */
  get resumed(): readonly Resumption[] {
    return this.state.resumed ?? [];
  }

  /** Weights of each layer: inputs × outputs. */
  get coefs(): Matrix<Float64Array>[] {
    const { network, parameters } = this.state;
    return mlpLayers(network).layers.map(
      ({ inputs, outputs, weights, intercepts }) =>
        new Matrix(Float64Array.from(parameters.subarray(weights, intercepts)), inputs, outputs),
    );
  }

  /** Intercepts of each layer. */
  get intercepts(): Float64Array[] {
    const { network, parameters } = this.state;
    return mlpLayers(network).layers.map(({ intercepts, outputs }) =>
      Float64Array.from(parameters.subarray(intercepts, intercepts + outputs)),
    );
  }

  /** The fitted estimator as bytes, for the static `load` of its class. */
  save(): Uint8Array<ArrayBuffer> {
    return packModel(this.#kind, { params: this.#params, fitted: this.state });
  }

  /** Trains on rows and what is wanted of them; `more` is remembered with what it learns. */
  protected async train(
    X: Features,
    matrix: Matrix<Float64Array>,
    targets: Targets,
    more: More,
    { callback }: FitOptions<this>,
  ): Promise<this> {
    const kind = this.#kind;
    if (matrix.columns === 0) throw new RangeError(`${kind}.fit: expected at least one column in X, got 0`);
    const batch = Math.min(batchRows(this.#params), matrix.rows);
    const units = [matrix.columns, ...this.#params.hiddenLayerSizes, targets.width];
    const work = mlpStepWork(units, batch);
    const device = await deviceFor(this.#params.device ?? undefined, work, enoughInLine);
    const fitted = (trained: TrainedMlp): FittedMlp & More => ({
      ...trained,
      names: fittedNames(X),
      ...more,
    });
    const tell = iterationTeller(callback, (trained: TrainedMlp) => clone(this).restore(fitted(trained)));
    this.restore(fitted(await trainMlp(kind, this.#params, device, matrix, targets, tell)));
    await callback?.teardown?.(this);
    return this;
  }

  /** Trains on, once through the rows of X, for what `targetsOf` wants of them, given how many they are; `more` is remembered. */
  protected async pass(X: Features, targetsOf: (rows: number) => Targets, more: More): Promise<this> {
    const name = `${this.#kind}.partialFit`;
    const before = this.#fitted;
    if (this.#params.earlyStopping === true)
      throw new RangeError(`${name}: holds no rows out; expected earlyStopping false or "auto", got true`);
    const aligned = before ? alignColumns(X, before.network.units[0]!, before.names, name) : X;
    const matrix = toMatrix(aligned, `${name}: X`);
    if (matrix.rows === 0) throw new RangeError(`${name}: expected at least one row in X, got 0`);
    if (matrix.columns === 0) throw new RangeError(`${name}: expected at least one column in X, got 0`);
    const targets = targetsOf(matrix.rows);
    const units = [matrix.columns, ...this.#params.hiddenLayerSizes, targets.width];
    const trained = await withDevice(
      this.#params.device ?? undefined,
      (device) => passMlp(this.#kind, this.#params, device, matrix, targets, before),
      mlpStepWork(units, Math.min(batchRows(this.#params), matrix.rows)),
      enoughInLine,
    );
    this.#fitted = { ...trained, names: before ? before.names : fittedNames(X), ...more };
    return this;
  }

  /** What was learnt, or null before the first fit. */
  protected get learnt(): (FittedMlp & More) | null {
    return this.#fitted;
  }

  /** What the network gives for the rows of X, rows × outputs. */
  protected async outputs(X: Features): Promise<Float32Array> {
    const { network, parameters, names } = this.state;
    const matrix = toMatrix(alignColumns(X, network.units[0]!, names, this.#kind), `${this.#kind}: X`);
    const x = Float32Array.from(matrix.data);
    return withDevice(
      this.#params.device ?? undefined,
      ({ tier }) => mlpPredictions(tier, network, parameters, x),
      mlpStepWork(network.units, matrix.rows),
    );
  }

  /** Takes over what `fitted` of saved bytes holds. Bytes older than the kept optimizer have none: it begins anew. */
  protected restore(fitted: SavedMlp & More): this {
    this.#fitted = { ...fitted, optimizer: fitted.optimizer ?? freshOptimizer(fitted.parameters.length) };
    return this;
  }

  protected get state(): FittedMlp & More {
    if (!this.#fitted) throw new Error(`${this.#kind}: call fit first`);
    return this.#fitted;
  }

  /** Parameters and what was learnt, from the bytes of `save()`. */
  protected static unpack<More>(
    kind: string,
    bytes: Uint8Array,
  ): { readonly params: MLPParams; readonly fitted: SavedMlp & More } {
    return unpackModel(kind, bytes) as { params: MLPParams; fitted: SavedMlp & More };
  }
}

function freshOptimizer(parameters: number): FittedMlp["optimizer"] {
  return { first: new Float32Array(parameters), second: new Float32Array(parameters), steps: 0, met: 0 };
}
