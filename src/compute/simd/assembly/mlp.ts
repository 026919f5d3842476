import { activate, throughActivation } from "./activations";
import { dropOut } from "./dropout";
import { gemm } from "./gemm";
import { lossOf } from "./losses";
import { adam, momentum } from "./optimizers";

/** A layer as src/compute/simd/mlp-memory.ts lays it out, four bytes a field, in this order. */
@unmanaged
class Layer {
  inputs: i32;
  outputs: i32;
  /** Outputs padded to a multiple of 4: how far rows of weights, values and errors are apart. */
  width: i32;
  /** inputs × width; the intercepts follow, width of them. The next two are laid out like it. */
  weights: usize;
  gradient: usize;
  first: usize;
  second: usize;
  /** rows × width each: values, losses by them, and where there is dropout its factors and what it leaves. */
  value: usize;
  error: usize;
  mask: usize;
  dropped: usize;
}

/** A network as mlp-memory.ts lays it out. */
@unmanaged
class Network {
  layers: usize;
  count: i32;
  activation: i32;
  loss: i32;
  /** Room for a batch of inputs, rows xRow apart, a multiple of 4. */
  x: usize;
  xRow: i32;
  panel: usize;
  threshold: u32;
  random: usize;
}

// @ts-ignore: decorator
@inline
function layerOf(network: Network, index: i32): Layer {
  return changetype<Layer>(network.layers + <usize>index * offsetof<Layer>());
}

/** Passes rows of x (xRow apart) forward; the last layer's `value` holds the sums. */
export function mlpForward(net: usize, x: usize, rows: i32): void {
  pass(changetype<Network>(net), x, rows, false);
}

/**
 * Losses of the rows of x and targets at places, summed; adds to (or, unless `add`, replaces) the gradient of their sum times `weight` by all
 * parameters. All of it but Adam's step: gather, forward with dropout, loss, backward.
 */
export function mlpGradient(
  net: usize,
  x: usize,
  targets: usize,
  places: usize,
  rows: i32,
  weight: f32,
  add: bool,
): f64 {
  const network = changetype<Network>(net);
  gather(x, network.xRow, places, rows, network.x);
  pass(network, network.x, rows, network.threshold != 0);
  const last = layerOf(network, network.count - 1);
  const loss = lossOf(
    network.loss,
    last.value,
    last.error,
    rows,
    last.outputs,
    last.width,
    targets,
    places,
    weight,
  );
  for (let i = network.count - 1; i >= 0; i--) backward(network, i, rows, add);
  return loss;
}

/** Sum of the losses of rows of x and targets, in order. */
export function mlpLoss(net: usize, x: usize, targets: usize, rows: i32): f64 {
  const network = changetype<Network>(net);
  pass(network, x, rows, false);
  const last = layerOf(network, network.count - 1);
  return lossOf(network.loss, last.value, 0, rows, last.outputs, last.width, targets, 0, 0);
}

/** One step of Adam for the whole network, as `adam` does it; decay is for weights alone. */
export function mlpAdam(
  net: usize,
  rate: f32,
  share1: f32,
  share2: f32,
  epsilon: f32,
  decay: f32,
): void {
  const network = changetype<Network>(net);
  for (let i = 0; i < network.count; i++) {
    const l = layerOf(network, i);
    const n = l.inputs * l.width;
    const end = <usize>n << 2;
    adam(l.weights, l.gradient, l.first, l.second, n, rate, share1, share2, epsilon, decay);
    adam(
      l.weights + end,
      l.gradient + end,
      l.first + end,
      l.second + end,
      l.width,
      rate,
      share1,
      share2,
      epsilon,
      0,
    );
  }
}

/** One step of gradient descent for the whole network, as `momentum` does it; decay is for weights alone. */
export function mlpMomentum(net: usize, rate: f32, mu: f32, nesterov: bool, decay: f32): void {
  const network = changetype<Network>(net);
  for (let i = 0; i < network.count; i++) {
    const l = layerOf(network, i);
    const n = l.inputs * l.width;
    const end = <usize>n << 2;
    momentum(l.weights, l.gradient, l.first, n, rate, mu, nesterov, decay);
    momentum(l.weights + end, l.gradient + end, l.first + end, l.width, rate, mu, nesterov, 0);
  }
}

function pass(network: Network, x: usize, rows: i32, dropping: bool): void {
  let input = x;
  let row = network.xRow;
  for (let i = 0; i < network.count; i++) {
    const l = layerOf(network, i);
    const intercepts = l.weights + (<usize>(l.inputs * l.width) << 2);
    gemm(
      rows,
      l.outputs,
      l.inputs,
      input,
      row,
      1,
      l.weights,
      l.width,
      1,
      l.value,
      l.width,
      intercepts,
      0,
      network.panel,
    );
    const n = rows * l.width;
    if (i < network.count - 1) {
      activate(network.activation, l.value, n);
      if (dropping) dropOut(l.value, l.mask, l.dropped, n, network.threshold, network.random);
    }
    input = dropping ? l.dropped : l.value;
    row = l.width;
  }
}

/** From the error of a layer to its gradient and the error of the layer before it. */
function backward(network: Network, index: i32, rows: i32, add: bool): void {
  const l = layerOf(network, index);
  const dropping = network.threshold != 0;
  let input = network.x;
  let row = network.xRow;
  if (index) {
    const before = layerOf(network, index - 1);
    input = dropping ? before.dropped : before.value;
    row = before.width;
  }
  const start = add ? l.gradient : 0;
  gemm(
    l.inputs,
    l.outputs,
    rows,
    input,
    1,
    row,
    l.error,
    l.width,
    1,
    l.gradient,
    l.width,
    start,
    l.width,
    network.panel,
  );
  columnSums(l.error, rows, l.width, l.gradient + (<usize>(l.inputs * l.width) << 2), add);
  if (!index) return;
  const before = layerOf(network, index - 1);
  gemm(
    rows,
    l.inputs,
    l.outputs,
    l.error,
    l.width,
    1,
    l.weights,
    1,
    l.width,
    before.error,
    before.width,
    0,
    0,
    network.panel,
  );
  const n = rows * before.width;
  throughActivation(network.activation, before.error, before.value, n);
  if (dropping) multiply(before.error, before.mask, n);
}

/** into ← rows of x at places, row a multiple of 4 singles. */
export function gather(x: usize, row: i32, places: usize, rows: i32, into: usize): void {
  const step = <usize>row << 2;
  for (let i = 0; i < rows; i++) {
    const from = x + <usize>load<i32>(places + (<usize>i << 2)) * step;
    for (let j: usize = 0; j < step; j += 16, into += 16) v128.store(into, v128.load(from + j));
  }
}

/** Adds up (or, unless `add`, replaces by) the columns of rows × width numbers, width divisible by 4. */
export function columnSums(x: usize, rows: i32, width: i32, into: usize, add: bool): void {
  const step = <usize>width << 2;
  for (let j: usize = 0; j < step; j += 16) {
    let sums = add ? v128.load(into + j) : f32x4.splat(0);
    for (let i: usize = 0, at = x + j; i < <usize>rows; i++, at += step) sums = f32x4.add(sums, v128.load(at));
    v128.store(into + j, sums);
  }
}

/** x ← x·y for n numbers, n divisible by 4. */
export function multiply(x: usize, y: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n << 2; i += 16)
    v128.store(x + i, f32x4.mul(v128.load(x + i), v128.load(y + i)));
}
