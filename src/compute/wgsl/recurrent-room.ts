import { recurrentLayout, type RecurrentLayout, type RecurrentNetwork } from "../recurrent-network.ts";

/** Where the values of one event stand in its row of the room, and those of a sequence in its row of the ends. */
export interface RecurrentRoom extends RecurrentLayout {
  readonly network: RecurrentNetwork;
  /** Sums of all gates: `gates` × `hidden`. */
  readonly width: number;
  readonly inputs: number;
  /** The event's kind, its inputs, the loss by its embedding. */
  readonly kind: number;
  readonly x: number;
  readonly dx: number;
  /** The state h before the event, and that of the cell. */
  readonly before: number;
  readonly cell: number;
  /** tanh of the cell after the event for LSTM; what the hidden state gives the candidate for GRU, and later the loss by it. */
  readonly inner: number;
  /** Values of the gates, and later the losses by their sums. */
  readonly gate: number;
  readonly row: number;
  /** Of a sequence: its last state, then the errors of its outputs. */
  readonly endRow: number;
}

/** The room that a network needs. */
export function recurrentRoom(network: RecurrentNetwork): RecurrentRoom {
  const layout = recurrentLayout(network);
  const { hidden, embedded, numbers, gates, toOutput } = layout;
  const inputs = embedded + numbers;
  const width = gates * hidden;
  let row = 0;
  const place = (count: number): number => {
    row += count;
    return row - count;
  };
  const fields = {
    kind: place(1),
    x: place(inputs),
    dx: place(embedded),
    before: place(hidden),
    cell: place(network.cell === "lstm" ? hidden : 0),
    inner: place(hidden),
    gate: place(width),
  };
  return { ...layout, ...fields, network, inputs, width, row, endRow: hidden + toOutput.outputs };
}

/** What the kernels are told of a step: the first of its sequences in the order, how many they are and of how many events, where the kinds of events begin among the sequences, its number, and the factors of the optimizer, the errors and the penalty. */
export const recurrentStep = `
struct Step { first: u32, rows: u32, events: u32, kinds: u32, number: u32, rate: f32, scale: f32, decay: f32 }
@group(0) @binding(0) var<uniform> step: Step;`;
