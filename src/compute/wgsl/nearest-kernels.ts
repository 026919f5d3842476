import { index } from "./index-of.ts";

/** Queries and points of a block of scores. */
export const block = 64;

/** Invocations of the kernels that have a workgroup for a block or a query. */
const threads = 256;

/** Entries of a query's list, and points between two looks at whether it is full. */
const capacity = 1024;
const chunk = 512;

/** Most best points of a query. */
export const mostPlaces = capacity - chunk;

/** Lines for each of the four queries, or points, of an invocation. */
function each(line: (i: number) => string): string {
  return [0, 1, 2, 3].map(line).join("\n");
}

/** What tells a kernel of the tile of points it works on, and of the queries. Scores stand in rows of `stride`. */
export const told = `
struct Tile { first: u32, points: u32, begin: u32, stride: u32 }
struct Call { queries: u32, places: u32, own: u32, width: u32 }`;

/** What is below all scores. */
export const none = "const none = -3.4e38f;";

/** scores ← x·y + offset, a block a workgroup; an invocation has four queries and four points of it. Blocks of points stand side by side. */
export const scoreTile = `${told}
@group(0) @binding(0) var<uniform> tile: Tile;
@group(0) @binding(1) var<uniform> call: Call;
@group(0) @binding(2) var<storage, read> queries: array<vec4f>;
@group(0) @binding(3) var<storage, read> points: array<vec4f>;
@group(0) @binding(4) var<storage, read> offsets: array<f32>;
@group(0) @binding(5) var<storage, read_write> scores: array<f32>;
var<workgroup> left: array<vec4f, ${4 * block}>;
var<workgroup> right: array<vec4f, ${4 * block}>;

@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let at = group.y * groups.x + group.x;
  let across = tile.stride / ${block}u;
  let query = at / across * ${block}u;
  let point = at % across * ${block}u;
  if (query >= call.queries || point >= tile.points) {
    return;
  }
  let row = local / 4u;
  let four = local % 4u;
  let mine = local / 16u;
  let other = local % 16u;
  ${each((q) => `var sums${q} = vec4f();`)}
  for (var start = 0u; start < call.width; start += 4u) {
    var x = vec4f();
    var y = vec4f();
    if (start + four < call.width) {
      x = queries[(query + row) * call.width + start + four];
      y = points[(tile.begin + point + row) * call.width + start + four];
    }
    left[four * ${block}u + row] = x;
    right[four * ${block}u + row] = y;
    workgroupBarrier();
    for (var f = 0u; f < ${4 * block}u; f += ${block}u) {
      ${each((q) => `let x${q} = left[f + mine + ${16 * q}u];`)}
      ${each((p) => `let y${p} = right[f + other + ${16 * p}u];`)}
      ${each((q) => `sums${q} += vec4f(dot(x${q}, y0), dot(x${q}, y1), dot(x${q}, y2), dot(x${q}, y3));`)}
    }
    workgroupBarrier();
  }
  let into = (query + mine) * tile.stride + point + other;
  let offset = tile.begin + point + other;
  ${each((q) => each((p) => `scores[into + ${16 * q}u * tile.stride + ${16 * p}u] = sums${q}[${p}] + offsets[offset + ${16 * p}u];`))}
}`;

/** Offers the scores of a tile to what each query has found, a workgroup a query: what is better than the last of the found goes into a list, which is sorted when it is full. */
export const offerTile = `${told}
@group(0) @binding(0) var<uniform> tile: Tile;
@group(0) @binding(1) var<uniform> call: Call;
@group(0) @binding(2) var<storage, read> scores: array<f32>;
@group(0) @binding(3) var<storage, read_write> ids: array<u32>;
@group(0) @binding(4) var<storage, read_write> best: array<f32>;
@group(0) @binding(5) var<storage, read_write> sizes: array<u32>;
@group(0) @binding(6) var<storage, read_write> lowest: array<f32>;
${none}
var<workgroup> listed: array<u32, ${capacity}>;
var<workgroup> values: array<f32, ${capacity}>;
var<workgroup> taken: atomic<u32>;
var<workgroup> told: u32;

@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let query = group.y * groups.x + group.x;
  if (query >= call.queries) {
    return;
  }
  if (local == 0u) {
    told = select(sizes[query], 0u, tile.first == 0u);
    atomicStore(&taken, told);
  }
  var count = workgroupUniformLoad(&told);
  let found = query * call.places;
  for (var j = local; j < count; j += ${threads}u) {
    listed[j] = ids[found + j];
    values[j] = best[found + j];
  }
  workgroupBarrier();
  // Points come in ascending order, so that an equal score is no better.
  var least = select(none, values[call.places - 1u], count == call.places);
  let own = select(0xffffffffu, call.own + query, call.own != 0xffffffffu);
  for (var begin = 0u; begin < tile.points; begin += ${chunk}u) {
    if (count > ${capacity - chunk}u) {
      count = sortList(count, local);
      least = select(none, values[call.places - 1u], count == call.places);
    }
    for (var j = begin + local; j < min(begin + ${chunk}u, tile.points); j += ${threads}u) {
      let score = scores[query * tile.stride + j];
      if (score > least && tile.first + j != own) {
        let at = atomicAdd(&taken, 1u);
        listed[at] = tile.first + j;
        values[at] = score;
      }
    }
    workgroupBarrier();
    if (local == 0u) {
      told = atomicLoad(&taken);
    }
    count = workgroupUniformLoad(&told);
  }
  count = sortList(count, local);
  for (var j = local; j < count; j += ${threads}u) {
    ids[found + j] = listed[j];
    best[found + j] = values[j];
  }
  if (local == 0u) {
    sizes[query] = count;
    lowest[query] = select(none, values[max(count, 1u) - 1u], count > 0u);
  }
}

/** Sorts the list, the best first, and keeps no more than the places of it; gives how many. A bitonic sort. Source: Batcher 1968. */
fn sortList(count: u32, local: u32) -> u32 {
  var size = 1u;
  while (size < count) {
    size <<= 1u;
  }
  for (var i = count + local; i < size; i += ${threads}u) {
    listed[i] = 0xffffffffu;
    values[i] = none;
  }
  workgroupBarrier();
  for (var run = 2u; run <= size; run <<= 1u) {
    for (var apart = run >> 1u; apart > 0u; apart >>= 1u) {
      for (var i = local; i < size; i += ${threads}u) {
        let j = i ^ apart;
        if (j > i && isBetter(i, j) != ((i & run) == 0u)) {
          let value = values[i];
          let id = listed[i];
          values[i] = values[j];
          listed[i] = listed[j];
          values[j] = value;
          listed[j] = id;
        }
      }
      workgroupBarrier();
    }
  }
  let kept = min(count, call.places);
  if (local == 0u) {
    atomicStore(&taken, kept);
  }
  workgroupBarrier();
  return kept;
}

fn isBetter(i: u32, j: u32) -> bool {
  return values[i] > values[j] || (values[i] == values[j] && listed[i] < listed[j]);
}`;

/** Writes down each query and point of a tile whose score is at least the query's cut, as they come, and how many there are: more than there is room for are counted only. */
export const collectTile = `${told}
@group(0) @binding(0) var<uniform> tile: Tile;
@group(0) @binding(1) var<uniform> call: Call;
@group(0) @binding(2) var<storage, read> scores: array<f32>;
@group(0) @binding(3) var<storage, read> cuts: array<f32>;
@group(0) @binding(4) var<storage, read_write> pairs: array<vec2u>;
@group(0) @binding(5) var<storage, read_write> count: atomic<u32>;
${index("call.queries * tile.points")} {
  let query = i / tile.points;
  let j = i % tile.points;
  if (scores[query * tile.stride + j] >= cuts[query]) {
    let at = atomicAdd(&count, 1u);
    if (at < arrayLength(&pairs)) {
      pairs[at] = vec2u(query, tile.first + j);
    }
  }
}`;
