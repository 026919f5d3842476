import type { KMeansAssignment, KMeansKernel, KMeansRows, KMeansStep } from "../k-means.ts";
import { padRows, paddedWidth, unpadRows } from "../padded-rows.ts";
import type { Dispatch, Gpu } from "./gpu.ts";
import { groupSize, index } from "./index-of.ts";
import { openOnGpu } from "./open.ts";
import { rowParts, writeRows, type RowPart } from "./row-parts.ts";

/** Most partial sums of one centre: the rows are cut into no more blocks than this. */
const mostBlocks = 1024;
const fewestRows = 256;

/**
 * K-means without atomics, so that runs repeat bit for bit, in three kernels a step: assign, sum a block of rows, move centres. Rows that do
 * not fit in a buffer stand in several, each with the first two kernels of its own. `mostBytes`: of a buffer.
 */
export function kMeansOnWgsl(rows: KMeansRows, k: number, mostBytes?: number): Promise<KMeansKernel> {
  return openOnGpu((gpu) => open(gpu, rows, k), mostBytes);
}

/** Rows in a buffer, what is found of them, and the kernels that find it. */
interface Part extends RowPart {
  readonly labels: GPUBuffer;
  readonly distances: GPUBuffer;
  readonly assign: Dispatch;
  readonly sum: Dispatch;
}

async function open(gpu: Gpu, { rows, columns, x }: KMeansRows, k: number): Promise<KMeansKernel> {
  const width = paddedWidth(columns) / 4;
  const blockRows = rowsOfBlock(gpu, rows, k, width);
  const blocks = Math.ceil(rows / blockRows);
  const shape = { width, k, blockRows, blocks };
  const centres = gpu.buffer(k * width * 4);
  const sums = gpu.buffer(blocks * k * width * 4);
  const counts = gpu.buffer(blocks * k);
  const inertias = gpu.buffer(blocks);
  // Centres, then the count of each, then the inertia's blocks are read at once.
  const found = gpu.buffer(k * width * 4 + k);
  const whole = rowParts(gpu, rows, columns, blockRows);
  writeRows(gpu, whole, x, columns);

  const [assigning, summing, moving] = await Promise.all([
    gpu.pipeline(assign(shape)),
    gpu.pipeline(sum(shape)),
    gpu.pipeline(move(shape)),
  ]);
  const parts = whole.map((part): Part => {
    const [labels, distances, place] = [gpu.buffer(part.rows), gpu.buffer(part.rows), gpu.uniforms(16)];
    const partBlocks = Math.ceil(part.rows / blockRows);
    gpu.write(place, Uint32Array.of(part.rows, part.first / blockRows, partBlocks));
    return {
      ...part,
      labels,
      distances,
      assign: {
        pipeline: assigning,
        bindings: gpu.bind(assigning, place, part.buffer, centres, labels, distances),
        workgroups: Math.ceil(part.rows / groupSize),
      },
      sum: {
        pipeline: summing,
        bindings: gpu.bind(summing, place, part.buffer, labels, distances, sums, counts, inertias),
        workgroups: Math.ceil((partBlocks * width) / groupSize),
      },
    };
  });
  const moveCentres: Dispatch = {
    pipeline: moving,
    bindings: gpu.bind(moving, sums, counts, centres, found),
    workgroups: Math.ceil((k * width) / groupSize),
  };
  const steps = [...parts.flatMap((part) => [part.assign, part.sum]), moveCentres];

  return {
    dispatches: steps.length,
    setRows: (given) => writeRows(gpu, whole, given, columns),
    setCentres: (given) => gpu.write(centres, padRows(given, k, columns)),
    async step(): Promise<KMeansStep> {
      gpu.submit(steps);
      const [all, each] = await Promise.all([
        gpu.readSingles(found, k * width * 4 + k),
        gpu.readSingles(inertias, blocks),
      ]);
      return {
        inertia: total(each),
        counts: Int32Array.from(all.subarray(k * width * 4)),
        centres: unpadRows(all, k, columns),
      };
    },
    async assign(): Promise<KMeansAssignment> {
      gpu.submit(parts.map((part) => part.assign));
      const labels = new Int32Array(rows);
      const distances = new Float32Array(rows);
      await Promise.all(
        parts.map(async (part) => {
          labels.set(await gpu.readIntegers(part.labels, part.rows), part.first);
          distances.set(await gpu.readSingles(part.distances, part.rows), part.first);
        }),
      );
      return { inertia: total(distances), labels, distances };
    },
    dispose: () => gpu.dispose(),
  };
}

/** Rows that are summed by one invocation: so many that there are not too many blocks, and their sums fit in a buffer. */
function rowsOfBlock({ mostBytes }: Gpu, rows: number, k: number, width: number): number {
  const most = Math.min(mostBlocks, Math.max(1, Math.floor(mostBytes / (16 * k * width))));
  const inBuffer = Math.max(1, Math.floor(mostBytes / (16 * width)));
  return Math.min(Math.max(fewestRows, Math.ceil(rows / most)), inBuffer);
}

/** What `assign` begins with when it looks for the least distance: one as large is beyond singles. */
const beyond = 3.4e38;

function total(parts: Float32Array): number {
  const most = Math.fround(beyond);
  let sum = 0;
  for (let i = 0; i < parts.length; i++) sum += parts[i]! < most ? parts[i]! : Infinity;
  return sum;
}

interface Shape {
  /** Columns in fours. */
  readonly width: number;
  readonly k: number;
  readonly blockRows: number;
  readonly blocks: number;
}

/** What tells a kernel of the part of the rows it works on. */
const part = `
struct Part { rows: u32, firstBlock: u32, blocks: u32 }
@group(0) @binding(0) var<uniform> part: Part;`;

/** One invocation a row. */
function assign({ width, k }: Shape): string {
  return `${part}
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read> centres: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> labels: array<u32>;
@group(0) @binding(4) var<storage, read_write> distances: array<f32>;
${index("part.rows")} {
  var nearest = 0u;
  var least = ${beyond};
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
function sum({ width, k, blockRows }: Shape): string {
  return `${part}
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read> labels: array<u32>;
@group(0) @binding(3) var<storage, read> distances: array<f32>;
@group(0) @binding(4) var<storage, read_write> sums: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> counts: array<f32>;
@group(0) @binding(6) var<storage, read_write> inertias: array<f32>;
${index(`part.blocks * ${width}u`)} {
  let begin = i / ${width}u * ${blockRows}u;
  let block = part.firstBlock + i / ${width}u;
  let f = i % ${width}u;
  for (var c = block * ${k}u; c < (block + 1u) * ${k}u; c++) {
    sums[c * ${width}u + f] = vec4f();
    if (f == 0u) {
      counts[c] = 0.0;
    }
  }
  var inertia = 0.0;
  let end = min(part.rows, begin + ${blockRows}u);
  for (var row = begin; row < end; row++) {
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
