import { gruBackward, gruForward, lstmBackward, lstmForward } from "./cells";
import { dropOut } from "./dropout";
import { gemm } from "./gemm";
import { lossOf } from "./losses";
import { columnSums, multiply } from "./mlp";

/** A recurrent network as src/compute/simd/recurrent-memory.ts lays it out, four bytes a field, in this order. All widths are multiples of 4. */
@unmanaged
class Network {
  /** 4 for LSTM, 3 for GRU: gates, each `hidden` wide. */
  gates: i32;
  hidden: i32;
  embedded: i32;
  /** Numbers of each event beside its embedding. */
  numbers: i32;
  outputs: i32;
  outputWidth: i32;
  loss: i32;
  /** events × embedded; inputs × gates·hidden and its intercepts; hidden × gates·hidden, with intercepts for GRU; hidden × outputWidth and its intercepts. */
  embedding: usize;
  fromInput: usize;
  fromHidden: usize;
  toOutput: usize;
  /** How far the gradient of a parameter is from it. */
  gradient: usize;
  /** Sequence i has events starts[i]…starts[i+1], each a row of `embedding` and `numbers` numbers; targets: sequences × outputs. */
  starts: usize;
  events: usize;
  values: usize;
  targets: usize;
  /** Room for the events of a batch, step by step: inputs, their rows of the embedding, sums, h and c before each step, tanh c after it. */
  x: usize;
  rows: usize;
  sums: usize;
  hiddenSums: usize;
  before: usize;
  cell: usize;
  squashed: usize;
  dx: usize;
  /** Room for the sequences of a batch: last h, losses by h and c, outputs and losses by them. */
  last: usize;
  dh: usize;
  dc: usize;
  z: usize;
  error: usize;
  panel: usize;
  /** Of the last states while a gradient is taken: threshold p·2³² of what is left out, 0 for nothing; what each is multiplied by; state of the four generators. */
  threshold: u32;
  mask: usize;
  random: usize;
}

/** Passes sequences at places, longest first, forward; `z` holds the sums of the outputs. */
export function recurrentForward(net: usize, places: usize, sequences: i32): void {
  forward(changetype<Network>(net), places, sequences, false);
}

/** Sum of the losses of sequences at places, longest first. */
export function recurrentLoss(net: usize, places: usize, sequences: i32): f64 {
  const n = changetype<Network>(net);
  forward(n, places, sequences, false);
  return lossOf(n.loss, n.z, 0, sequences, n.outputs, n.outputWidth, n.targets, places, 0);
}

/**
 * As `recurrentLoss`, and adds to (or, unless `add`, replaces) the gradient of the sum times `weight` by all parameters. Work is packed: a step
 * takes the sequences that reach it, and no others. Source: Werbos 1990.
 */
export function recurrentGradient(
  net: usize,
  places: usize,
  sequences: i32,
  weight: f32,
  add: bool,
  embeddingSize: i32,
): f64 {
  const n = changetype<Network>(net);
  const dropping = n.threshold > 0;
  const total = forward(n, places, sequences, dropping);
  const loss = lossOf(
    n.loss,
    n.z,
    n.error,
    sequences,
    n.outputs,
    n.outputWidth,
    n.targets,
    places,
    weight,
  );
  const g = n.gradient;
  if (!add) memory.fill(n.embedding + g, 0, <usize>embeddingSize << 2);
  const wide = n.outputWidth;
  weights(n, n.last, n.hidden, n.error, wide, n.outputs, sequences, n.toOutput + g, add);
  intercepts(n.error, sequences, n.hidden, wide, n.toOutput + g, add);
  const dh = n.dh;
  gemm(sequences, n.hidden, n.outputs, n.error, wide, 1, n.toOutput, 1, wide, dh, n.hidden, 0, 0, n.panel);
  if (dropping) multiply(dh, n.mask, sequences * n.hidden);
  memory.fill(n.dc, 0, <usize>(sequences * n.hidden) << 2);
  back(n, places, sequences, total);
  const width = n.gates * n.hidden;
  const inputs = n.embedded + n.numbers;
  const fromHidden = n.gates == 4 ? n.sums : n.hiddenSums;
  weights(n, n.x, inputs, n.sums, width, width, total, n.fromInput + g, add);
  intercepts(n.sums, total, inputs, width, n.fromInput + g, add);
  weights(n, n.before, n.hidden, fromHidden, width, width, total, n.fromHidden + g, add);
  if (n.gates == 3) intercepts(fromHidden, total, n.hidden, width, n.fromHidden + g, add);
  gemm(total, n.embedded, width, n.sums, width, 1, n.fromInput, 1, width, n.dx, n.embedded, 0, 0, n.panel);
  spread(n, total);
  return loss;
}

/** Gradient of weights: into ← aᵀ·b; a: rows × inputs, b: rows × outputs, `width` apart. */
function weights(
  n: Network,
  a: usize,
  inputs: i32,
  b: usize,
  width: i32,
  outputs: i32,
  rows: i32,
  into: usize,
  add: bool,
): void {
  gemm(inputs, outputs, rows, a, 1, inputs, b, width, 1, into, width, add ? into : 0, width, n.panel);
}

/** Gradient of the intercepts below inputs × width weights at `into`: the sums of the columns of b, rows × width. */
function intercepts(b: usize, rows: i32, inputs: i32, width: i32, into: usize, add: bool): void {
  columnSums(b, rows, width, into + (<usize>(inputs * width) << 2), add);
}

/** How many of the first `sequences` at places reach a step. Longest come first. */
function reaching(n: Network, places: usize, sequences: i32, step: i32): i32 {
  while (sequences && lengthOf(n, places, sequences - 1) <= step) sequences--;
  return sequences;
}

function lengthOf(n: Network, places: usize, sequence: i32): i32 {
  const start = n.starts + (<usize>load<i32>(places + (<usize>sequence << 2)) << 2);
  return load<i32>(start, 4) - load<i32>(start);
}

/** The forward pass, some of the last states left out where `dropping`; gives how many events it took. */
function forward(n: Network, places: usize, sequences: i32, dropping: bool): i32 {
  const total = gatherEvents(n, places, sequences);
  const size = <usize>n.hidden << 2;
  const width = n.gates * n.hidden;
  const inputs = n.embedded + n.numbers;
  const start = n.fromInput + (<usize>(inputs * width) << 2);
  gemm(total, width, inputs, n.x, inputs, 1, n.fromInput, width, 1, n.sums, width, start, 0, n.panel);
  let here = reaching(n, places, sequences, 0);
  memory.fill(n.before, 0, <usize>here * size);
  memory.fill(n.last, 0, <usize>sequences * size);
  if (n.gates == 4) memory.fill(n.cell, 0, <usize>here * size);
  for (let step = 0, at = 0; here > 0; step++) {
    const going = reaching(n, places, here, step + 1);
    advance(n, at, here, going);
    at += here;
    here = going;
  }
  if (dropping) dropOut(n.last, n.mask, n.last, sequences * n.hidden, n.threshold, n.random);
  const wide = n.outputWidth;
  const offsets = n.toOutput + (<usize>(n.hidden * wide) << 2);
  gemm(sequences, n.outputs, n.hidden, n.last, n.hidden, 1, n.toOutput, wide, 1, n.z, wide, offsets, 0, n.panel);
  return total;
}

/** One step of `here` sequences whose events stand from row `at`. */
function advance(n: Network, at: i32, here: i32, going: i32): void {
  const size = <usize>n.hidden << 2;
  const width = n.gates * n.hidden;
  const hidden = n.hidden;
  const from = <usize>at * size;
  const next = from + <usize>here * size;
  const sums = n.sums + <usize>at * ((<usize>width) << 2);
  const before = n.before + from;
  if (n.gates == 4) {
    gemm(here, width, hidden, before, hidden, 1, n.fromHidden, width, 1, sums, width, sums, width, n.panel);
    lstmForward(
      sums,
      n.cell + from,
      n.squashed + from,
      n.last,
      n.cell + next,
      n.before + next,
      here,
      going,
      hidden,
    );
    return;
  }
  const y = n.hiddenSums + <usize>at * ((<usize>width) << 2);
  const start = n.fromHidden + (<usize>(hidden * width) << 2);
  gemm(here, width, hidden, before, hidden, 1, n.fromHidden, width, 1, y, width, start, 0, n.panel);
  gruForward(sums, y, before, n.last, n.before + next, here, going, hidden);
}

/** From the losses by each sequence's last h to those by all sums, step by step from the last. */
function back(n: Network, places: usize, sequences: i32, total: i32): void {
  const size = <usize>n.hidden << 2;
  const width = n.gates * n.hidden;
  const hidden = n.hidden;
  if (!sequences) return;
  let at = total;
  for (let step = lengthOf(n, places, 0) - 1; step >= 0; step--) {
    const here = reaching(n, places, sequences, step);
    at -= here;
    const from = <usize>at * size;
    const sums = n.sums + <usize>at * ((<usize>width) << 2);
    let losses = sums;
    let start: usize = 0;
    if (n.gates == 4) lstmBackward(sums, n.cell + from, n.squashed + from, n.dh, n.dc, here, hidden);
    else {
      losses = n.hiddenSums + <usize>at * ((<usize>width) << 2);
      start = n.dh;
      gruBackward(sums, losses, n.before + from, n.dh, here, hidden);
    }
    if (step)
      gemm(here, hidden, width, losses, width, 1, n.fromHidden, 1, width, n.dh, hidden, start, hidden, n.panel);
  }
}

/** Lays out the inputs of a batch, step by step, each row an embedding and the numbers of the event; gives how many. */
function gatherEvents(n: Network, places: usize, sequences: i32): i32 {
  const embedded = <usize>n.embedded << 2;
  const numbers = <usize>n.numbers << 2;
  let x = n.x;
  let count = 0;
  for (let step = 0, here = reaching(n, places, sequences, 0); here > 0; step++) {
    for (let i = 0; i < here; i++, count++) {
      const place = load<i32>(places + (<usize>i << 2));
      const event = <usize>(load<i32>(n.starts + (<usize>place << 2)) + step);
      const row = load<i32>(n.events + (event << 2));
      store<i32>(n.rows + (<usize>count << 2), row);
      const from = n.embedding + <usize>row * embedded;
      for (let j: usize = 0; j < embedded; j += 16, x += 16) v128.store(x, v128.load(from + j));
      const values = n.values + event * numbers;
      for (let j: usize = 0; j < numbers; j += 16, x += 16) v128.store(x, v128.load(values + j));
    }
    here = reaching(n, places, here, step + 1);
  }
  return count;
}

/** Adds the losses by embedded inputs to the gradient of the rows they came from. */
function spread(n: Network, total: i32): void {
  const embedded = <usize>n.embedded << 2;
  let dx = n.dx;
  for (let i = 0; i < total; i++) {
    const into = n.embedding + n.gradient + <usize>load<i32>(n.rows + (<usize>i << 2)) * embedded;
    for (let j: usize = 0; j < embedded; j += 16, dx += 16)
      v128.store(into + j, f32x4.add(v128.load(into + j), v128.load(dx)));
  }
}
