import type { AlsTraining } from "../als.ts";
import { groupSize, index } from "./index-of.ts";
import { single } from "./single.ts";

/** One invocation for a number of a block's product with itself: Σ yᵢyⱼ over its rows. */
export function gramBlock({
  rows,
  factors,
  blockRows,
  blocks,
}: {
  readonly rows: number;
  readonly factors: number;
  readonly blockRows: number;
  readonly blocks: number;
}): string {
  const square = factors ** 2;
  return `
@group(0) @binding(0) var<storage, read> y: array<f32>;
@group(0) @binding(1) var<storage, read_write> partial: array<f32>;
${index(blocks * square)} {
  let block = i / ${square}u;
  let f = i % ${square}u / ${factors}u;
  let g = i % ${factors}u;
  var sum = 0.0;
  let end = min((block + 1u) * ${blockRows}u, ${rows}u);
  for (var row = block * ${blockRows}u; row < end; row++) {
    sum += y[row * ${factors}u + f] * y[row * ${factors}u + g];
  }
  partial[i] = sum;
}`;
}

/** The blocks' sum, λ added on the diagonal. */
export function gramTotal({
  factors,
  blocks,
  regularization,
}: {
  readonly factors: number;
  readonly blocks: number;
  readonly regularization: number;
}): string {
  const square = factors ** 2;
  return `
@group(0) @binding(0) var<storage, read> partial: array<f32>;
@group(0) @binding(1) var<storage, read_write> gram: array<f32>;
${index(square)} {
  var sum = select(0.0, ${single(regularization)}, i / ${factors}u == i % ${factors}u);
  for (var block = 0u; block < ${blocks}u; block++) {
    sum += partial[block * ${square}u + i];
  }
  gram[i] = sum;
}`;
}

/** Singles of a workgroup's memory that `solveRows` needs. */
export function solveSingles(factors: number): number {
  return 3 * factors + groupSize + 1;
}

/**
 * A workgroup moves one row of x towards the minimum of Σᵢ cᵢ(pᵢ − x·yᵢ)² + λ‖x‖² by steps of conjugate gradients; what a row lacks of r = b − Ax
 * decides when it is there. A row without entries becomes 0. Its entries pass in pieces: a dot product an invocation, then a sum a factor.
 */
export function solveRows({ factors, cgSteps }: AlsTraining, rows: number): string {
  const each = (body: string): string => `for (var f = local; f < ${factors}u; f += ${groupSize}u) {
    ${body}
  }`;
  return `
@group(0) @binding(0) var<storage, read> y: array<f32>;
@group(0) @binding(1) var<storage, read> gram: array<f32>;
@group(0) @binding(2) var<storage, read> starts: array<i32>;
@group(0) @binding(3) var<storage, read> indices: array<i32>;
@group(0) @binding(4) var<storage, read> weights: array<vec2f>;
@group(0) @binding(5) var<storage, read_write> x: array<f32>;
@group(0) @binding(6) var<storage, read_write> found: array<f32>;
var<workgroup> v: array<f32, ${factors}>;
var<workgroup> r: array<f32, ${factors}>;
var<workgroup> av: array<f32, ${factors}>;
var<workgroup> shares: array<f32, ${groupSize}>;
var<workgroup> total: f32;
/** The sum of what every invocation gives. */
fn sumOf(value: f32, local: u32) -> f32 {
  shares[local] = value;
  workgroupBarrier();
  if (local == 0u) {
    var sum = 0.0;
    for (var i = 0u; i < ${groupSize}u; i++) {
      sum += shares[i];
    }
    total = sum;
  }
  return workgroupUniformLoad(&total);
}
/** av ← G·v and the entries' part: Σ (extra · s − target · b) yᵢ with s = v·yᵢ. Gives this invocation's share of Σ target · s. */
fn multiply(first: u32, end: u32, b: f32, local: u32) -> f32 {
  ${each(`var sum = 0.0;
    for (var k = 0u; k < ${factors}u; k++) {
      sum += gram[k * ${factors}u + f] * v[k];
    }
    av[f] = sum;`)}
  var fitted = 0.0;
  for (var piece = first; piece < end; piece += ${groupSize}u) {
    workgroupBarrier();
    let entry = piece + local;
    if (entry < end) {
      let at = u32(indices[entry]) * ${factors}u;
      var s = 0.0;
      for (var k = 0u; k < ${factors}u; k++) {
        s += v[k] * y[at + k];
      }
      fitted += weights[entry].y * s;
      shares[local] = weights[entry].x * s - weights[entry].y * b;
    }
    workgroupBarrier();
    let count = min(end - piece, ${groupSize}u);
    ${each(`var sum = av[f];
      for (var k = 0u; k < count; k++) {
        sum += shares[k] * y[u32(indices[piece + k]) * ${factors}u + f];
      }
      av[f] = sum;`)}
  }
  workgroupBarrier();
  return fitted;
}
@compute @workgroup_size(${groupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let row = group.y * groups.x + group.x;
  if (row >= ${rows}u) {
    return;
  }
  let first = u32(starts[row]);
  let end = u32(starts[row + 1u]);
  let at = row * ${factors}u;
  if (first == end) {
    ${each("x[at + f] = 0.0;")}
    if (local == 0u) {
      found[2u * row] = 0.0;
      found[2u * row + 1u] = 0.0;
    }
    return;
  }
  ${each("v[f] = x[at + f];")}
  workgroupBarrier();
  let fitted = sumOf(multiply(first, end, 1.0, local), local);
  var overlap = 0.0;
  var share = 0.0;
  ${each(`let rest = -av[f];
    overlap += rest * v[f];
    share += rest * rest;
    r[f] = rest;
    v[f] = rest;`)}
  var loss = -fitted - sumOf(overlap, local);
  var square = sumOf(share, local);
  for (var step = 0u; step < ${cgSteps}u; step++) {
    if (square < 1e-20) {
      break;
    }
    _ = multiply(first, end, 0.0, local);
    share = 0.0;
    ${each("share += v[f] * av[f];")}
    let alpha = square / sumOf(share, local);
    loss -= alpha * square;
    share = 0.0;
    ${each(`x[at + f] += alpha * v[f];
    r[f] -= alpha * av[f];
    share += r[f] * r[f];`)}
    let next = sumOf(share, local);
    let beta = next / square;
    ${each("v[f] = r[f] + beta * v[f];")}
    workgroupBarrier();
    square = next;
  }
  share = 0.0;
  ${each("share += x[at + f] * x[at + f];")}
  let norm = sumOf(share, local);
  if (local == 0u) {
    found[2u * row] = loss;
    found[2u * row + 1u] = norm;
  }
}`;
}
