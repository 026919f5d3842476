import type { AdamSettings } from "../optimizer.ts";
import { recurrentStretches } from "../recurrent-network.ts";
import { groupSize, index } from "./index-of.ts";
import { adamMove } from "./moves.ts";
import { recurrentStep, type RecurrentRoom } from "./recurrent-room.ts";
import { single } from "./single.ts";

/** One invocation a parameter: its gradient over the events of a step, summed in their order, and Adam's move. */
export function recurrentUpdate(room: RecurrentRoom, optimizer: AdamSettings): string {
  return `${gradientOf(room)}
@group(0) @binding(3) var<storage, read_write> theta: array<f32>;
@group(0) @binding(4) var<storage, read_write> first: array<f32>;
@group(0) @binding(5) var<storage, read_write> second: array<f32>;
${index(room.size)} {
  let gradient = gradientOf(i);
  ${adamMove(optimizer)}
}`;
}

/** Workgroups of the kernels over parameters. */
export function parameterGroups({ size }: RecurrentRoom): number {
  return Math.ceil(size / groupSize);
}

/** The gradients alone, and the sum of the squares of each workgroup's. */
export function recurrentGradients(room: RecurrentRoom): string {
  return `${gradientOf(room)}
@group(0) @binding(3) var<storage, read> theta: array<f32>;
@group(0) @binding(4) var<storage, read_write> gradients: array<f32>;
@group(0) @binding(5) var<storage, read_write> squares: array<f32>;
${shares}
${head} {
  let own = group.y * groups.x + group.x;
  let i = own * ${groupSize}u + local;
  var gradient = 0.0;
  if (i < ${room.size}u) {
    gradient = gradientOf(i);
    gradients[i] = gradient;
  }
  let square = sumOf(gradient * gradient, local);
  if (local == 0u && own < ${parameterGroups(room)}u) {
    squares[own] = square;
  }
}`;
}

/** Adam's move by the gradients, scaled down where their norm is more than `clipNorm`. Every workgroup adds up the squares in the same order. */
export function clippedMove(room: RecurrentRoom, optimizer: AdamSettings, clipNorm: number): string {
  return `${recurrentStep}
@group(0) @binding(1) var<storage, read> gradients: array<f32>;
@group(0) @binding(2) var<storage, read> squares: array<f32>;
@group(0) @binding(3) var<storage, read_write> theta: array<f32>;
@group(0) @binding(4) var<storage, read_write> first: array<f32>;
@group(0) @binding(5) var<storage, read_write> second: array<f32>;
${shares}
${head} {
  var share = 0.0;
  for (var k = local; k < ${parameterGroups(room)}u; k += ${groupSize}u) {
    share += squares[k];
  }
  let norm = sqrt(sumOf(share, local));
  let factor = select(1.0, ${single(clipNorm)} / norm, norm > ${single(clipNorm)});
  let i = (group.y * groups.x + group.x) * ${groupSize}u + local;
  if (i < ${room.size}u) {
    let gradient = gradients[i] * factor;
    ${adamMove(optimizer)}
  }
}`;
}

const head = `@compute @workgroup_size(${groupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32)`;

/** The sum of what every invocation of a workgroup gives. */
const shares = `var<workgroup> shares: array<f32, ${groupSize}>;
fn sumOf(value: f32, local: u32) -> f32 {
  shares[local] = value;
  workgroupBarrier();
  var sum = 0.0;
  for (var k = 0u; k < ${groupSize}u; k++) {
    sum += shares[k];
  }
  return sum;
}`;

/** `gradientOf(i)`: the gradient of a parameter over the events of a step, summed in their order, and its penalty. */
function gradientOf(room: RecurrentRoom): string {
  const { hidden, embedded, inputs, width, network, endRow } = room;
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
  const intercept = recurrentStretches(room)
    .filter(({ penalised }) => !penalised)
    .map(({ from, to }) => `(i >= ${from}u && i < ${to}u)`)
    .join(" || ");
  return `${recurrentStep}
@group(0) @binding(1) var<storage, read> room: array<f32>;
@group(0) @binding(2) var<storage, read> ends: array<f32>;
fn gradientOf(i: u32) -> f32 {
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
  if (!(${intercept})) {
    gradient += step.decay * theta[i];
  }
  return gradient;
}`;
}
