import type { Dispatch, Gpu } from "./gpu.ts";
import { groupSize, index } from "./index-of.ts";

/** A matrix in a buffer of singles, its rows and columns so many numbers apart; one of those distances is 1. */
export interface Layout {
  readonly row: number;
  readonly column: number;
  /** Whether the squares of its numbers stand for them. */
  readonly squared?: boolean;
}

/** L·R, m×n, of `terms` terms each. */
export interface ProductShape {
  readonly m: number;
  readonly n: number;
  readonly terms: number;
  /** Layout of L, m × terms. */
  readonly left: Layout;
  /** Layout of R, terms × n. */
  readonly right: Layout;
}

/** A product whose terms are added in blocks, and those in groups that are read: the device adds singles, so a long sum is made of short ones. */
export interface SummedProduct {
  /** Numbers of the product, m·n. */
  readonly length: number;
  /** Kernel calls that make it of what stands in two buffers. */
  of(left: GPUBuffer, right: GPUBuffer): readonly Dispatch[];
  /** What was made last, m×n, its groups added up as doubles in their order. */
  read(): Promise<Float64Array>;
}

/** Terms that a tile takes into workgroup memory at once. */
const depth = 16;
/** A workgroup is so many invocations square. */
const side = 16;
/** Fewest terms of a block, most blocks, and most numbers of all blocks together. */
const fewestTerms = 256;
const mostBlocks = 1024;
const mostParts = 2 ** 24;
/** Blocks to a group. */
const blocksOfGroup = 32;

/** What makes C = L·R from buffers, `c` being row-major. */
export async function tileProduct(
  gpu: Gpu,
  shape: ProductShape,
): Promise<(left: GPUBuffer, right: GPUBuffer, c: GPUBuffer) => Dispatch> {
  return blockProducts(gpu, shape, shape.terms);
}

/** What adds up C = L·R over very many terms. */
export async function summedProduct(gpu: Gpu, shape: ProductShape): Promise<SummedProduct> {
  const { m, n, terms } = shape;
  const room = Math.max(1, Math.min(mostBlocks, Math.floor(mostParts / (m * n))));
  const blockTerms = Math.max(fewestTerms, Math.ceil(terms / room / depth) * depth);
  const blocks = Math.ceil(terms / blockTerms);
  const groups = Math.ceil(blocks / blocksOfGroup);
  const parts = gpu.buffer(blocks * m * n);
  const sums = gpu.buffer(groups * m * n);
  const [multiply, adding] = await Promise.all([
    blockProducts(gpu, shape, blockTerms),
    gpu.pipeline(addBlocks(m * n, blocks, groups)),
  ]);
  const add: Dispatch = {
    pipeline: adding,
    bindings: gpu.bind(adding, parts, sums),
    workgroups: Math.ceil((groups * m * n) / groupSize),
  };
  return {
    length: m * n,
    of: (left, right) => [multiply(left, right, parts), add],
    async read() {
      const found = await gpu.readSingles(sums, groups * m * n);
      const sum = new Float64Array(m * n);
      for (const [i, value] of found.entries()) sum[i % sum.length]! += value;
      return sum;
    },
  };
}

/** The product of each block of terms, blocks × m × n. */
async function blockProducts(
  gpu: Gpu,
  shape: ProductShape,
  blockTerms: number,
): Promise<(left: GPUBuffer, right: GPUBuffer, c: GPUBuffer) => Dispatch> {
  const { m, n, terms } = shape;
  const tiles = Math.ceil(m / tileOf(m)) * Math.ceil(n / tileOf(n));
  const workgroups = tiles * Math.ceil(terms / blockTerms);
  const pipeline = await gpu.pipeline(multiplyBlocks(shape, blockTerms, workgroups));
  return (left, right, c) => ({ pipeline, bindings: gpu.bind(pipeline, left, right, c), workgroups });
}

/** Numbers along a side of a tile of C. */
function tileOf(length: number): number {
  return side * (length > 2 * side ? 4 : length > side ? 2 : 1);
}

/** One workgroup a tile of C and block of terms; an invocation adds up every 16th number of the tile's rows and columns. */
function multiplyBlocks(
  { m, n, terms, left, right }: ProductShape,
  blockTerms: number,
  workgroups: number,
): string {
  const [tall, wide] = [tileOf(m), tileOf(n)];
  const [down, across] = [Math.ceil(m / tall), Math.ceil(n / wide)];
  const cells = grid(tall / side, wide / side);
  return `
@group(0) @binding(0) var<storage, read> left: array<f32>;
@group(0) @binding(1) var<storage, read> right: array<f32>;
@group(0) @binding(2) var<storage, read_write> c: array<f32>;
var<workgroup> leftTile: array<f32, ${tall * depth}>;
var<workgroup> rightTile: array<f32, ${wide * depth}>;
@compute @workgroup_size(${side}, ${side})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_id) own: vec3u, @builtin(local_invocation_index) local: u32) {
  let workgroup = group.y * groups.x + group.x;
  if (workgroup >= ${workgroups}u) {
    return;
  }
  let block = workgroup / ${down * across}u;
  let firstRow = workgroup / ${across}u % ${down}u * ${tall}u;
  let firstColumn = workgroup % ${across}u * ${wide}u;
  let end = min(${terms}u, (block + 1u) * ${blockTerms}u);
  ${cells.map(([a, b]) => `var sum${a}_${b} = 0.0;`).join(" ")}
  for (var first = block * ${blockTerms}u; first < end; first += ${depth}u) {
    ${fillTile("left", tall, "firstRow", m, left.row, left.column, left.squared)}
    ${fillTile("right", wide, "firstColumn", n, right.column, right.row, right.squared)}
    workgroupBarrier();
    for (var term = 0u; term < ${depth}u; term++) {
      ${range(tall / side, (a) => `let l${a} = leftTile[term * ${tall}u + own.y + ${a * side}u];`)}
      ${range(wide / side, (b) => `let r${b} = rightTile[term * ${wide}u + own.x + ${b * side}u];`)}
      ${cells.map(([a, b]) => `sum${a}_${b} += l${a} * r${b};`).join(" ")}
    }
    workgroupBarrier();
  }
  ${cells.map(([a, b]) => `if (firstRow + own.y + ${a * side}u < ${m}u && firstColumn + own.x + ${b * side}u < ${n}u) { c[(block * ${m}u + firstRow + own.y + ${a * side}u) * ${n}u + firstColumn + own.x + ${b * side}u] = sum${a}_${b}; }`).join("\n  ")}
}`;
}

/** Fills a tile, terms × `length`, with zeroes beyond the matrix; neighbours in a workgroup read neighbours in the buffer. */
function fillTile(
  name: string,
  length: number,
  firstLine: string,
  lines: number,
  line: number,
  term: number,
  squared = false,
): string {
  const [lineAt, termAt] =
    line === 1 ? [`at % ${length}u`, `at / ${length}u`] : [`at / ${depth}u`, `at % ${depth}u`];
  return `for (var at = local; at < ${length * depth}u; at += ${side * side}u) {
      let line = ${lineAt};
      let term = ${termAt};
      var value = 0.0;
      if (first + term < end && ${firstLine} + line < ${lines}u) {
        value = ${name}[(${firstLine} + line) * ${line}u + (first + term) * ${term}u];
      }
      ${name}Tile[term * ${length}u + line] = ${squared ? "value * value" : "value"};
    }`;
}

/** One invocation a number of a group. */
function addBlocks(length: number, blocks: number, groups: number): string {
  return `
@group(0) @binding(0) var<storage, read> parts: array<f32>;
@group(0) @binding(1) var<storage, read_write> sums: array<f32>;
${index(groups * length)} {
  let first = i / ${length}u * ${blocksOfGroup}u;
  var sum = 0.0;
  for (var block = first; block < min(${blocks}u, first + ${blocksOfGroup}u); block++) {
    sum += parts[block * ${length}u + i % ${length}u];
  }
  sums[i] = sum;
}`;
}

function range(count: number, text: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => text(i)).join(" ");
}

function grid(rows: number, columns: number): readonly (readonly [number, number])[] {
  return Array.from({ length: rows * columns }, (_, at) => [Math.floor(at / columns), at % columns]);
}
