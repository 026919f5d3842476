import { classOutputs } from "./class-outputs.ts";
import { dropoutOf } from "./mlp-network.ts";
import type { RowsWork } from "./mlp-rows.ts";
import { groupSize } from "./index-of.ts";
import { recurrentStep, type RecurrentRoom } from "./recurrent-room.ts";

/** Singles of a workgroup's memory that `sequenceKernel` needs. */
export function sequenceSingles({ hidden, toOutput }: RecurrentRoom): number {
  return 2 * hidden + toOutput.outputs;
}

/** The share of the last state that is left out of a step, and what decides which. */
interface Dropping {
  readonly dropout: number;
  readonly seed: number;
}

const none: Dropping = { dropout: 0, seed: 0 };

/**
 * A workgroup takes one sequence through all its events and, to learn, back again. The states stay in the workgroup's own memory; what the
 * second kernel needs of an event goes into its row of the room. Source: Werbos 1990.
 */
export function sequenceKernel(
  room: RecurrentRoom,
  work: RowsWork,
  { dropout, seed }: Dropping = none,
): string {
  const { hidden, embedded, inputs, width, network, embedding, fromInput, fromHidden, toOutput } = room;
  const lstm = network.cell === "lstm";
  const learns = work === "learn";
  const masked = learns && dropout > 0;
  return `${recurrentStep}
@group(0) @binding(1) var<storage, read> theta: array<f32>;
@group(0) @binding(2) var<storage, read> sequences: array<i32>;
@group(0) @binding(3) var<storage, read> numbers: array<f32>;
@group(0) @binding(4) var<storage, read> order: array<vec2u>;
@group(0) @binding(5) var<storage, read_write> room: array<f32>;
@group(0) @binding(6) var<storage, read_write> result: array<f32>;
${work === "predict" ? "" : "@group(0) @binding(7) var<storage, read> targets: array<f32>;"}
${learns ? "@group(0) @binding(8) var<storage, read_write> ends: array<f32>;" : ""}
var<workgroup> h: array<f32, ${hidden}>;
var<workgroup> c: array<f32, ${hidden}>;
var<workgroup> z: array<f32, ${toOutput.outputs}>;
fn logistic(v: f32) -> f32 { return 1.0 / (1.0 + exp(-v)); }
fn squash(v: f32) -> f32 { return tanh(clamp(v, -15.0, 15.0)); }
/** What an event's inputs and the state before it give a sum of the gates. */
fn fromInputs(at: u32, j: u32) -> f32 {
  var sum = theta[${fromInput.at + inputs * width}u + j];
  for (var i = 0u; i < ${inputs}u; i++) {
    sum += room[at + ${room.x}u + i] * theta[${fromInput.at}u + i * ${width}u + j];
  }
  return sum;
}
fn fromState(j: u32) -> f32 {
  var sum = ${lstm ? "0.0" : `theta[${fromHidden.at + hidden * width}u + j]`};
  for (var i = 0u; i < ${hidden}u; i++) {
    sum += h[i] * theta[${fromHidden.at}u + i * ${width}u + j];
  }
  return sum;
}
${masked ? dropoutOf(dropout, seed) : ""}
${outputOf(room, work)}
@compute @workgroup_size(${groupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let place = group.y * groups.x + group.x;
  if (place >= step.rows) {
    return;
  }
  let mine = order[step.first + place];
  let begin = u32(sequences[mine.x]);
  let events = u32(sequences[mine.x + 1u]) - begin;
  for (var i = local; i < events * ${inputs}u; i += ${groupSize}u) {
    let event = i / ${inputs}u;
    let j = i % ${inputs}u;
    let kind = u32(sequences[step.kinds + begin + event]);
    let at = (mine.y + event) * ${room.row}u;
    var value = 0.0;
    if (j < ${embedded}u) {
      value = theta[${embedding.at}u + kind * ${embedded}u + j];
    } else if (j < ${embedded + network.numbers}u) {
      value = numbers[(begin + event) * ${network.numbers}u + j - ${embedded}u];
    }
    room[at + ${room.x}u + j] = value;
    if (j == 0u) {
      room[at + ${room.kind}u] = f32(kind);
    }
  }
  for (var u = local; u < ${hidden}u; u += ${groupSize}u) {
    h[u] = 0.0;
    c[u] = 0.0;
  }
  both();
  for (var event = 0u; event < events; event++) {
    let at = (mine.y + event) * ${room.row}u;
    for (var j = local; j < ${width}u; j += ${groupSize}u) {
      ${lstm ? lstmSum(room) : gruSum(room)}
    }
    both();
    for (var u = local; u < ${hidden}u; u += ${groupSize}u) {
      let g = at + ${room.gate}u + u;
      ${lstm ? lstmState(room) : gruState(room)}
    }
    both();
  }
  ${masked ? leaveOut(hidden) : ""}
  for (var k = local; k < ${network.outputs}u; k += ${groupSize}u) {
    var sum = theta[${toOutput.at + hidden * toOutput.outputs}u + k];
    for (var u = 0u; u < ${hidden}u; u++) {
      sum += h[u] * theta[${toOutput.at}u + u * ${toOutput.outputs}u + k];
    }
    z[k] = sum;
  }
  workgroupBarrier();
  if (local == 0u) {
    output(place, mine.x);
  }
  ${learns ? backward(room, masked) : ""}
}
fn both() {
  storageBarrier();
  workgroupBarrier();
}`;
}

/** Multiplies the last state by what is kept of it. */
function leaveOut(hidden: number): string {
  return `for (var u = local; u < ${hidden}u; u += ${groupSize}u) {
    h[u] *= kept(place, u);
  }
  workgroupBarrier();`;
}

function lstmSum({ hidden, gate }: RecurrentRoom): string {
  return `let sum = fromInputs(at, j) + fromState(j);
      room[at + ${gate}u + j] = select(logistic(sum), squash(sum), j / ${hidden}u == 2u);`;
}

/** Gates: input, forget, candidate, output. */
function lstmState({ hidden, before, cell, inner }: RecurrentRoom): string {
  return `room[at + ${before}u + u] = h[u];
      room[at + ${cell}u + u] = c[u];
      c[u] = room[g + ${hidden}u] * c[u] + room[g] * room[g + ${2 * hidden}u];
      let squashed = squash(c[u]);
      room[at + ${inner}u + u] = squashed;
      h[u] = room[g + ${3 * hidden}u] * squashed;`;
}

function gruSum({ hidden, gate, inner }: RecurrentRoom): string {
  return `let given = fromInputs(at, j);
      let state = fromState(j);
      if (j < ${2 * hidden}u) {
        room[at + ${gate}u + j] = logistic(given + state);
      } else {
        room[at + ${gate}u + j] = given;
        room[at + ${inner}u + j - ${2 * hidden}u] = state;
      }`;
}

/** Gates: reset, update, candidate. */
function gruState({ hidden, before, inner }: RecurrentRoom): string {
  return `room[at + ${before}u + u] = h[u];
      let candidate = squash(room[g + ${2 * hidden}u] + room[g] * room[at + ${inner}u + u]);
      room[g + ${2 * hidden}u] = candidate;
      let update = room[g + ${hidden}u];
      h[u] = (1.0 - update) * candidate + update * h[u];`;
}

/** `output(place, sequence)`: the loss of a sequence and its errors, or its probabilities. */
function outputOf({ hidden, endRow, network: { outputs } }: RecurrentRoom, work: RowsWork): string {
  const target = `targets[sequence * ${outputs}u + k]`;
  const give = (value: string): string => {
    if (work === "predict") return `result[(step.first + place) * ${outputs}u + k] = ${value};`;
    const error = `ends[place * ${endRow}u + ${hidden}u + k]`;
    return work === "learn" ? `${error} = (${value} - ${target}) * step.scale;` : "";
  };
  const judged = work === "predict" ? null : target;
  return `
fn output(place: u32, sequence: u32) {
  var loss = 0.0;
  ${classOutputs({ outputs, z: (k) => `z[${k}]`, target: judged, give })}
  ${judged === null ? "" : "result[step.first + place] = loss;"}
}`;
}

/** From here on h and c are the losses by the state and by the cell. */
function backward(room: RecurrentRoom, masked: boolean): string {
  const { hidden, embedded, width, endRow, network, fromInput, fromHidden, toOutput } = room;
  const lstm = network.cell === "lstm";
  const hiddenLoss = lstm
    ? `room[at + ${room.gate}u + j]`
    : `select(room[at + ${room.gate}u + j], room[at + ${room.inner}u + j - min(j, ${2 * hidden}u)], j >= ${2 * hidden}u)`;
  return `both();
  for (var u = local; u < ${hidden}u; u += ${groupSize}u) {
    ends[place * ${endRow}u + u] = h[u];
    var sum = 0.0;
    for (var k = 0u; k < ${network.outputs}u; k++) {
      sum += theta[${toOutput.at}u + u * ${toOutput.outputs}u + k] * ends[place * ${endRow}u + ${hidden}u + k];
    }
    h[u] = sum${masked ? " * kept(place, u)" : ""};
    c[u] = 0.0;
  }
  for (var event = events; event > 0u; event--) {
    let at = (mine.y + event - 1u) * ${room.row}u;
    for (var u = local; u < ${hidden}u; u += ${groupSize}u) {
      let g = at + ${room.gate}u + u;
      ${lstm ? lstmLoss(room) : gruLoss(room)}
    }
    both();
    for (var u = local; u < ${hidden}u; u += ${groupSize}u) {
      var sum = ${lstm ? "0.0" : "c[u]"};
      for (var j = 0u; j < ${width}u; j++) {
        sum += ${hiddenLoss} * theta[${fromHidden.at}u + u * ${width}u + j];
      }
      h[u] = sum;
    }
    for (var i = local; i < ${embedded}u; i += ${groupSize}u) {
      var sum = 0.0;
      for (var j = 0u; j < ${width}u; j++) {
        sum += room[at + ${room.gate}u + j] * theta[${fromInput.at}u + i * ${width}u + j];
      }
      room[at + ${room.dx}u + i] = sum;
    }
    both();
  }`;
}

function lstmLoss({ hidden, cell, inner }: RecurrentRoom): string {
  return `let input = room[g];
      let forget = room[g + ${hidden}u];
      let candidate = room[g + ${2 * hidden}u];
      let out = room[g + ${3 * hidden}u];
      let squashed = room[at + ${inner}u + u];
      let byCell = c[u] + h[u] * out * (1.0 - squashed * squashed);
      room[g] = byCell * candidate * input * (1.0 - input);
      room[g + ${hidden}u] = byCell * room[at + ${cell}u + u] * forget * (1.0 - forget);
      room[g + ${2 * hidden}u] = byCell * input * (1.0 - candidate * candidate);
      room[g + ${3 * hidden}u] = h[u] * squashed * out * (1.0 - out);
      c[u] = byCell * forget;`;
}

/** c keeps what goes past the gates to the state before. */
function gruLoss({ hidden, before, inner }: RecurrentRoom): string {
  return `let reset = room[g];
      let update = room[g + ${hidden}u];
      let candidate = room[g + ${2 * hidden}u];
      let state = room[at + ${inner}u + u];
      let byCandidate = h[u] * (1.0 - update) * (1.0 - candidate * candidate);
      room[g] = byCandidate * state * reset * (1.0 - reset);
      room[g + ${hidden}u] = h[u] * (room[at + ${before}u + u] - candidate) * update * (1.0 - update);
      room[g + ${2 * hidden}u] = byCandidate;
      room[at + ${inner}u + u] = byCandidate * reset;
      c[u] = h[u] * update;`;
}
