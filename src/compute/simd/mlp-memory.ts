import { copyRow } from "../copy-row.ts";
import { mlpLayers, type MlpNetwork } from "../mlp-network.ts";
import { multipleOfFour, panel } from "./padding.ts";
import type { Block, Kernel, Simd } from "./simd.ts";

/** Names of the kernels a network in memory needs. */
export const mlpKernels = [
  "mlpForward",
  "mlpGradient",
  "mlpLoss",
  "mlpAdam",
  "mlpMomentum",
  "toPredictions",
] as const;

/** What opens them. */
export type MlpSimd = Simd<(typeof mlpKernels)[number]>;

const activations = { relu: 0, tanh: 1, logistic: 2, identity: 3 } as const;

/** Number of the network's loss in the kernels: 0 logistic, 1 softmax, 2 squared error. */
export function lossKind({ units, outputs }: MlpNetwork): number {
  if (outputs === "values") return 2;
  return units.at(-1) === 1 ? 0 : 1;
}

/** What else a network needs to be trained: a step's room, and dropout with the seeds of its four generators. */
export interface TrainingMemory {
  readonly dropout: number;
  readonly seeds: readonly number[];
}

/** A network laid out in the memory of the SIMD kernels: each row of weights, values and errors padded with zeros to a multiple of 4. */
export class MlpMemory {
  /** Address of the network for the kernels. */
  readonly at: number;
  /** Singles from one row of inputs to the next. */
  readonly inputRow: number;
  /** Values of the last layer, rows × outputRow. */
  readonly last: Block<Float32Array<ArrayBuffer>>;
  readonly outputRow: number;
  readonly #parameters: Block<Float32Array<ArrayBuffer>>;
  readonly #means: readonly Block<Float32Array<ArrayBuffer>>[];
  readonly #network: MlpNetwork;

  /** rows: the most that pass at once. */
  constructor(
    readonly simd: MlpSimd,
    network: MlpNetwork,
    readonly rows: number,
    training: TrainingMemory | null = null,
  ) {
    const { layers } = mlpLayers(network);
    const widths = layers.map(({ outputs }) => multipleOfFour(outputs));
    const size = layers.reduce((sum, { inputs }, i) => sum + (inputs + 1) * widths[i]!, 0);
    const room = (count: number): Block<Float32Array<ArrayBuffer>> => simd.f32(count);
    const parameters = room(size);
    const [gradient, ...means] = Array.from({ length: 3 }, () => room(training ? size : 0));
    const dropping = training !== null && training.dropout > 0;
    let last = parameters;
    let offset = 0;
    const fields = layers.flatMap(({ inputs, outputs }, i) => {
      const width = widths[i]!;
      last = room(rows * width);
      const perRow = (wanted: boolean): number => (wanted ? room(rows * width).at : 0);
      const [error, mask, dropped] = [perRow(training !== null), perRow(dropping), perRow(dropping)];
      const addresses = [parameters, gradient!, ...means].map(({ at }) => at + offset * 4);
      offset += (inputs + 1) * width;
      return [inputs, outputs, width, ...addresses, last.at, error, mask, dropped];
    });
    this.inputRow = multipleOfFour(network.units[0]!);
    this.outputRow = widths.at(-1)!;
    this.last = last;
    this.#parameters = parameters;
    this.#means = means;
    this.#network = network;
    this.at = simd.i32([
      simd.i32(fields).at,
      layers.length,
      activations[network.activation],
      lossKind(network),
      training ? room(rows * this.inputRow).at : 0,
      this.inputRow,
      room(panel).at,
      dropping ? Math.min(Math.round(training.dropout * 2 ** 32), 2 ** 32 - 1) : 0,
      simd.i32(training?.seeds ?? 0).at,
    ]).at;
  }

  get kernels(): Readonly<Record<(typeof mlpKernels)[number], Kernel>> {
    return this.simd.kernels;
  }

  /** Puts flat parameters in place. */
  set(parameters: Float32Array): void {
    this.#write(this.#parameters, parameters);
  }

  /** The parameters as they are, flat. */
  get(): Float32Array<ArrayBuffer> {
    return this.#read(this.#parameters);
  }

  /** The optimizer's two running means, flat. */
  get means(): Float32Array<ArrayBuffer>[] {
    return this.#means.map((block) => this.#read(block));
  }

  set means(means: readonly Float32Array[]) {
    for (const [i, block] of this.#means.entries()) this.#write(block, means[i]!);
  }

  /** A block with rows of x (rows × inputs), as the kernels read them. */
  rowsOf(x: Float32Array): Block<Float32Array<ArrayBuffer>> {
    const inputs = this.#network.units[0]!;
    const rows = x.length / inputs;
    const block = this.simd.f32(rows * this.inputRow);
    const view = block.view();
    for (let i = 0; i < rows; i++) copyRow(x, i * inputs, inputs, view, i * this.inputRow);
    return block;
  }

  #write(block: Block<Float32Array>, flat: Float32Array): void {
    const into = block.view();
    this.#eachRow((from, length, to) => into.set(flat.subarray(from, from + length), to));
  }

  #read(block: Block<Float32Array>): Float32Array<ArrayBuffer> {
    const flat = new Float32Array(mlpLayers(this.#network).size);
    const from = block.view();
    this.#eachRow((to, length, at) => flat.set(from.subarray(at, at + length), to));
    return flat;
  }

  /** Visits each row of weights, and each layer's intercepts: where it stands flat, its length, and where it stands in memory. */
  #eachRow(visit: (flat: number, length: number, padded: number) => void): void {
    let padded = 0;
    for (const { inputs, outputs, weights } of mlpLayers(this.#network).layers)
      for (let i = 0; i <= inputs; i++) {
        visit(weights + i * outputs, outputs, padded);
        padded += multipleOfFour(outputs);
      }
  }
}

/** Most multiply-adds of one call of a kernel, so that others have their turn within a few milliseconds. */
const largestCall = 2 ** 24;

/** How many rows may pass through a network at once; fixed by its size, since it decides the order of sums. */
export function rowsAtOnce(network: MlpNetwork, most: number): number {
  const perRow = 3 * mlpLayers(network).size;
  return Math.max(1, Math.min(most, Math.floor(largestCall / perRow)));
}
