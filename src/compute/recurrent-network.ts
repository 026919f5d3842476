import type { Random } from "../core/random.ts";
import { multipleOfFour } from "./simd/padding.ts";

/** A network that reads a sequence of events step by step: an embedding of each event and its numbers into LSTM or GRU cells, whose last state gives the logits. */
export interface RecurrentNetwork {
  readonly cell: "lstm" | "gru";
  /** Kinds of event, row 0 being those that were never seen. */
  readonly kinds: number;
  readonly embeddingSize: number;
  /** Numbers of each event. */
  readonly numbers: number;
  readonly hiddenSize: number;
  /** One: P(second class) by the logistic function; more are a softmax. */
  readonly outputs: number;
}

/** Weights in the flat buffer of all parameters: inputs × outputs, row-major, then the intercepts where there are any. */
export interface RecurrentBlock {
  readonly at: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly intercepts: boolean;
}

/** Where all parameters stand. Every width is padded to a multiple of 4, and the padding is 0 and stays 0. */
export interface RecurrentLayout {
  /** Gates, each `hidden` wide: input, forget, candidate, output of LSTM; reset, update, candidate of GRU. */
  readonly gates: number;
  readonly hidden: number;
  readonly embedded: number;
  readonly numbers: number;
  readonly embedding: RecurrentBlock;
  readonly fromInput: RecurrentBlock;
  /** With intercepts for GRU alone, whose reset gate takes them in. */
  readonly fromHidden: RecurrentBlock;
  readonly toOutput: RecurrentBlock;
  readonly size: number;
}

/** A stretch of the parameters: all weights, which a penalty pulls at, or all intercepts. */
export interface RecurrentStretch {
  readonly from: number;
  readonly to: number;
  readonly penalised: boolean;
}

/** All parameters, one stretch after another. */
export function recurrentStretches({
  embedding,
  fromInput,
  fromHidden,
  toOutput,
}: RecurrentLayout): RecurrentStretch[] {
  return [embedding, fromInput, fromHidden, toOutput].flatMap(({ at, inputs, outputs, intercepts }) => {
    const end = at + inputs * outputs;
    const weights = { from: at, to: end, penalised: true };
    return intercepts ? [weights, { from: end, to: end + outputs, penalised: false }] : [weights];
  });
}

/** The layout of a network's parameters. */
export function recurrentLayout(network: RecurrentNetwork): RecurrentLayout {
  const gates = network.cell === "lstm" ? 4 : 3;
  const hidden = multipleOfFour(network.hiddenSize);
  const embedded = multipleOfFour(network.embeddingSize);
  const numbers = multipleOfFour(network.numbers);
  let size = 0;
  const block = (inputs: number, outputs: number, intercepts: boolean): RecurrentBlock => {
    const at = size;
    size += (inputs + (intercepts ? 1 : 0)) * outputs;
    return { at, inputs, outputs, intercepts };
  };
  const embedding = block(network.kinds, embedded, false);
  const fromInput = block(embedded + numbers, gates * hidden, true);
  const fromHidden = block(hidden, gates * hidden, network.cell === "gru");
  const toOutput = block(hidden, multipleOfFour(network.outputs), true);
  return { gates, hidden, embedded, numbers, embedding, fromInput, fromHidden, toOutput, size };
}

/**
 * First parameters: weights uniform in ±√(6 / (inputs + outputs)) of each gate, embeddings in ±1 but for row 0, intercepts 0 but 1 for the forget gate.
 * Source: Glorot & Bengio 2010; Jozefowicz et al. 2015.
 */
export function initialRecurrent(network: RecurrentNetwork, random: Random): Float32Array {
  const layout = recurrentLayout(network);
  const { hidden, gates, embedded } = layout;
  const { hiddenSize, embeddingSize, numbers, outputs } = network;
  const parameters = new Float32Array(layout.size);
  const fill = (block: RecurrentBlock, row: number, column: number, count: number, bound: number): void => {
    const from = block.at + row * block.outputs + column;
    for (let i = 0; i < count; i++) parameters[from + i] = (random.next() * 2 - 1) * bound;
  };
  for (let kind = 1; kind < network.kinds; kind++) fill(layout.embedding, kind, 0, embeddingSize, 1);
  const inputs = embeddingSize + numbers;
  for (let i = 0; i < inputs; i++) {
    const row = i < embeddingSize ? i : embedded + i - embeddingSize;
    for (let gate = 0; gate < gates; gate++)
      fill(layout.fromInput, row, gate * hidden, hiddenSize, Math.sqrt(6 / (inputs + hiddenSize)));
  }
  for (let i = 0; i < hiddenSize; i++) {
    for (let gate = 0; gate < gates; gate++)
      fill(layout.fromHidden, i, gate * hidden, hiddenSize, Math.sqrt(3 / hiddenSize));
    fill(layout.toOutput, i, 0, outputs, Math.sqrt(6 / (hiddenSize + outputs)));
  }
  if (network.cell === "lstm") {
    const forget = layout.fromInput.at + layout.fromInput.inputs * layout.fromInput.outputs + hidden;
    parameters.fill(1, forget, forget + hiddenSize);
  }
  return parameters;
}
