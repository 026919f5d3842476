import { copyRow } from "../copy-row.ts";
import { recurrentLayout, type RecurrentBlock, type RecurrentNetwork } from "../recurrent-network.ts";
import type { Sequences } from "../sequences.ts";
import type { TrainingMemory } from "./mlp-memory.ts";
import { panel } from "./padding.ts";
import { openSimd, type Block } from "./simd.ts";

/** Most multiply-adds of one call of a kernel, so that others have their turn within a few milliseconds. */
const largestCall = 2 ** 25;

const recurrentKernels = [
  "recurrentForward",
  "recurrentLoss",
  "recurrentGradient",
  "adam",
  "penalise",
  "scale",
  "toPredictions",
] as const;

/** A recurrent network and its sequences in the memory of the SIMD kernels. */
export class RecurrentMemory {
  readonly kernels;
  /** Address of the network for the kernels. */
  readonly at: number;
  /** Most events that pass at once, though one sequence may have more; fixed by the network's size, since it decides the order of sums. */
  readonly events: number;
  readonly size: number;
  readonly parameters: Block<Float32Array<ArrayBuffer>>;
  readonly gradient: Block<Float32Array<ArrayBuffer>>;
  readonly moments: readonly [Block<Float32Array<ArrayBuffer>>, Block<Float32Array<ArrayBuffer>>];
  /** Sums of the outputs, sequences × outputWidth. */
  readonly outputs: Block<Float32Array<ArrayBuffer>>;
  readonly outputWidth: number;
  readonly #places: Block<Int32Array<ArrayBuffer>>;

  /** most: the most sequences that pass at once; targets: sequences × outputs, null where nothing is learned; training: what is left out of the last states. */
  constructor(
    network: RecurrentNetwork,
    data: Sequences,
    most: number,
    targets: Float32Array | null = null,
    { dropout, seeds }: TrainingMemory = { dropout: 0, seeds: [] },
  ) {
    const simd = openSimd(...recurrentKernels);
    const layout = recurrentLayout(network);
    const { gates, hidden, embedded, numbers, toOutput } = layout;
    const width = gates * hidden;
    const perEvent = 3 * (embedded + numbers + hidden) * width;
    this.kernels = simd.kernels;
    this.size = layout.size;
    this.events = Math.max(1, Math.floor(largestCall / perEvent));
    this.outputWidth = toOutput.outputs;
    this.parameters = simd.f32(layout.size);
    this.#places = simd.i32(most);
    const learnt = targets ? layout.size : 0;
    this.gradient = simd.f32(learnt);
    this.moments = [simd.f32(learnt), simd.f32(learnt)];
    const rows = Math.max(Math.min(this.events, data.kinds.length), longest(data), 1);
    const perStep = (columns: number, wanted = true): number => (wanted ? simd.f32(rows * columns).at : 0);
    const perSequence = (columns: number): number => simd.f32(most * columns).at;
    const address = ({ at }: RecurrentBlock): number => this.parameters.at + at * 4;
    this.outputs = simd.f32(most * this.outputWidth);
    this.at = simd.i32([
      gates,
      hidden,
      embedded,
      numbers,
      network.outputs,
      this.outputWidth,
      network.outputs === 1 ? 0 : 1,
      address(layout.embedding),
      address(layout.fromInput),
      address(layout.fromHidden),
      address(toOutput),
      this.gradient.at - this.parameters.at,
      simd.i32(data.starts).at,
      simd.i32(data.kinds).at,
      simd.f32(paddedRows(data.numbers, network.numbers, numbers)).at,
      simd.f32(targets ?? 0).at,
      perStep(embedded + numbers),
      simd.i32(rows).at,
      perStep(width),
      perStep(width, network.cell === "gru"),
      perStep(hidden),
      perStep(hidden, network.cell === "lstm"),
      perStep(hidden, network.cell === "lstm"),
      perStep(embedded, targets !== null),
      perSequence(hidden),
      perSequence(hidden),
      perSequence(hidden),
      this.outputs.at,
      perSequence(this.outputWidth),
      simd.f32(panel).at,
      Math.min(Math.round(dropout * 2 ** 32), 2 ** 32 - 1),
      dropout > 0 ? perSequence(hidden) : 0,
      simd.i32(dropout > 0 ? seeds : 0).at,
    ]).at;
  }

  /** Tells the kernels which sequences are meant, longest first; gives the address of the list. */
  place(which: Uint32Array): number {
    this.#places.view().set(which);
    return this.#places.at;
  }
}

function longest({ starts }: Sequences): number {
  let most = 0;
  for (let i = 1; i < starts.length; i++) most = Math.max(most, starts[i]! - starts[i - 1]!);
  return most;
}

/** Rows of `width` numbers with zeros to the next multiple of 4. */
function paddedRows(numbers: Float32Array, width: number, padded: number): Float32Array {
  if (width === padded) return numbers;
  const rows = numbers.length / width;
  const result = new Float32Array(rows * padded);
  for (let i = 0; i < rows; i++) copyRow(numbers, i * width, width, result, i * padded);
  return result;
}
