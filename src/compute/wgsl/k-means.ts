import type { KMeansAssignment, KMeansKernel, KMeansRows, KMeansStep } from "../k-means.ts";
import { padRows, paddedWidth, unpadRows } from "../padded-rows.ts";
import type { Dispatch, Gpu } from "./gpu.ts";
import { groupSize, index } from "./index-of.ts";
import { openOnGpu } from "./open.ts";

/** Most partial sums of one centre: the rows are cut into no more blocks than this. */
const mostBlocks = 1024;
const fewestRows = 256;

/** K-means in three kernels a step, without atomics, so that runs repeat bit for bit: assign, sum a block of rows, move centres. */
export function kMeansOnWgsl(rows: KMeansRows, k: number): Promise<KMeansKernel> {
  return openOnGpu((gpu) => open(gpu, rows, k));
}

async function open(gpu: Gpu, { rows, columns, x }: KMeansRows, k: number): Promise<KMeansKernel> {
  const width = paddedWidth(columns) / 4;
  const blockRows = Math.max(fewestRows, Math.ceil(rows / mostBlocks));
  const blocks = Math.ceil(rows / blockRows);
  const shape = { rows, width, k, blockRows, blocks };
  const data = gpu.buffer(padRows(x, rows, columns));
  const centres = gpu.buffer(k * width * 4);
  const labels = gpu.buffer(rows);
  const distances = gpu.buffer(rows);
  const sums = gpu.buffer(blocks * k * width * 4);
  const counts = gpu.buffer(blocks * k);
  const inertias = gpu.buffer(blocks);
  // Centres, then the count of each, then the inertia's blocks are read at once.
  const found = gpu.buffer(k * width * 4 + k);

  const [assigning, summing, moving] = await Promise.all(
    [assign(shape), sum(shape), move(shape)].map((code) => gpu.pipeline(code)),
  );
  const assignRows: Dispatch = {
    pipeline: assigning!,
    bindings: gpu.bind(assigning!, data, centres, labels, distances),
    workgroups: Math.ceil(rows / groupSize),
  };
  const sumBlocks: Dispatch = {
    pipeline: summing!,
    bindings: gpu.bind(summing!, data, labels, distances, sums, counts, inertias),
    workgroups: Math.ceil((blocks * width) / groupSize),
  };
  const moveCentres: Dispatch = {
    pipeline: moving!,
    bindings: gpu.bind(moving!, sums, counts, centres, found),
    workgroups: Math.ceil((k * width) / groupSize),
  };
  const steps = [assignRows, sumBlocks, moveCentres];

  return {
    dispatches: steps.length,
    setCentres: (given) => gpu.write(centres, padRows(given, k, columns)),
    async step(): Promise<KMeansStep> {
      gpu.submit(steps);
      const [all, parts] = await Promise.all([
        gpu.readSingles(found, k * width * 4 + k),
        gpu.readSingles(inertias, blocks),
      ]);
      return {
        inertia: total(parts),
        counts: Int32Array.from(all.subarray(k * width * 4)),
        centres: unpadRows(all, k, columns),
      };
    },
    async assign(): Promise<KMeansAssignment> {
      gpu.submit([assignRows]);
      const [label, distance] = await Promise.all([
        gpu.readIntegers(labels, rows),
        gpu.readSingles(distances, rows),
      ]);
      return { inertia: total(distance), labels: label, distances: distance };
    },
    dispose: () => gpu.dispose(),
  };
}

function total(parts: Float32Array): number {
  return parts.reduce((sum, part) => sum + part, 0);
}

interface Shape {
  readonly rows: number;
  /** Columns in fours. */
  readonly width: number;
  readonly k: number;
  readonly blockRows: number;
  readonly blocks: number;
}

/** One invocation a row. */
function assign({ rows, width, k }: Shape): string {
  return `
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> centres: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> labels: array<u32>;
@group(0) @binding(3) var<storage, read_write> distances: array<f32>;
${index(rows)} {
  var nearest = 0u;
  var least = 3.4e38;
  for (var c = 0u; c < ${k}u; c++) {
    var distance = 0.0;
    for (var f = 0u; f < ${width}u; f++) {
      let e = x[i * ${width}u + f] - centres[c * ${width}u + f];
      distance += dot(e, e);
    }
    if (distance < least) {
      least = distance;
      nearest = c;
    }
  }
  labels[i] = nearest;
  distances[i] = least;
}`;
}

/** One invocation for four columns of a block of rows; the first of a block counts rows and sums distances too. */
function sum({ rows, width, k, blockRows, blocks }: Shape): string {
  return `
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<storage, read> distances: array<f32>;
@group(0) @binding(3) var<storage, read_write> sums: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> counts: array<f32>;
@group(0) @binding(5) var<storage, read_write> inertias: array<f32>;
${index(blocks * width)} {
  let block = i / ${width}u;
  let f = i % ${width}u;
  for (var c = block * ${k}u; c < (block + 1u) * ${k}u; c++) {
    sums[c * ${width}u + f] = vec4f();
    if (f == 0u) {
      counts[c] = 0.0;
    }
  }
  var inertia = 0.0;
  let end = min(${rows}u, (block + 1u) * ${blockRows}u);
  for (var row = block * ${blockRows}u; row < end; row++) {
    let c = block * ${k}u + labels[row];
    sums[c * ${width}u + f] += x[row * ${width}u + f];
    if (f == 0u) {
      counts[c] += 1.0;
      inertia += distances[row];
    }
  }
  if (f == 0u) {
    inertias[block] = inertia;
  }
}`;
}

/** One invocation for four columns of a centre. */
function move({ width, k, blocks }: Shape): string {
  return `
@group(0) @binding(0) var<storage, read> sums: array<vec4f>;
@group(0) @binding(1) var<storage, read> counts: array<f32>;
@group(0) @binding(2) var<storage, read_write> centres: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> found: array<f32>;
${index(k * width)} {
  let c = i / ${width}u;
  let f = i % ${width}u;
  var sum = vec4f();
  var count = 0.0;
  for (var block = 0u; block < ${blocks}u; block++) {
    sum += sums[(block * ${k}u + c) * ${width}u + f];
    count += counts[block * ${k}u + c];
  }
  if (count > 0.0) {
    centres[i] = sum / count;
  }
  for (var lane = 0u; lane < 4u; lane++) {
    found[i * 4u + lane] = centres[i][lane];
  }
  if (f == 0u) {
    found[${k * width * 4}u + c] = count;
  }
}`;
}
