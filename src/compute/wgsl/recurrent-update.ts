import type { AdamSettings } from "../optimizer.ts";
import { index } from "./index-of.ts";
import { adamMove } from "./moves.ts";
import { recurrentStep, type RecurrentRoom } from "./recurrent-room.ts";

/** One invocation a parameter: its gradient over the events of a step, summed in their order, and Adam's move. */
export function recurrentUpdate(room: RecurrentRoom, optimizer: AdamSettings): string {
  const { hidden, embedded, inputs, width, network, size, endRow } = room;
  const { embedding, fromInput, fromHidden, toOutput } = room;
  const gru = network.cell === "gru";
  const overEvents = (term: string): string => `for (var e = 0u; e < step.events; e++) {
      let at = e * ${room.row}u;
      gradient += ${term};
    }`;
  const overRows = (term: string): string => `for (var row = 0u; row < step.rows; row++) {
      gradient += ${term};
    }`;
  const gate = `room[at + ${room.gate}u + j]`;
  // What the hidden state gives the candidate of GRU goes through the reset gate.
  const hiddenGate = gru
    ? `room[at + select(${room.gate}u + j, ${room.inner}u + j - min(j, ${2 * hidden}u), j >= ${2 * hidden}u)]`
    : gate;
  const error = `ends[row * ${endRow}u + ${hidden}u + j]`;
  const place = (
    block: typeof embedding,
    columns: number,
  ): string => `let r = (i - ${block.at}u) / ${columns}u;
    let j = (i - ${block.at}u) % ${columns}u;`;
  return `${recurrentStep}
@group(0) @binding(1) var<storage, read> room: array<f32>;
@group(0) @binding(2) var<storage, read> ends: array<f32>;
@group(0) @binding(3) var<storage, read_write> theta: array<f32>;
@group(0) @binding(4) var<storage, read_write> first: array<f32>;
@group(0) @binding(5) var<storage, read_write> second: array<f32>;
${index(size)} {
  var gradient = 0.0;
  if (i < ${fromInput.at}u) {
    ${place(embedding, embedded)}
    ${overEvents(`select(0.0, room[at + ${room.dx}u + j], room[at + ${room.kind}u] == f32(r))`)}
  } else if (i < ${fromHidden.at}u) {
    ${place(fromInput, width)}
    if (r < ${inputs}u) {
      ${overEvents(`room[at + ${room.x}u + r] * ${gate}`)}
    } else {
      ${overEvents(gate)}
    }
  } else if (i < ${toOutput.at}u) {
    ${place(fromHidden, width)}
    if (r < ${hidden}u) {
      ${overEvents(`room[at + ${room.before}u + r] * ${hiddenGate}`)}
    } else {
      ${overEvents(hiddenGate)}
    }
  } else {
    ${place(toOutput, toOutput.outputs)}
    if (j < ${network.outputs}u) {
      if (r < ${hidden}u) {
        ${overRows(`ends[row * ${endRow}u + r] * ${error}`)}
      } else {
        ${overRows(error)}
      }
    }
  }
  ${adamMove(optimizer)}
}`;
}
