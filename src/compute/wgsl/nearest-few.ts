import { index } from "./index-of.ts";
import { none, told } from "./nearest-kernels.ts";

/** Most columns, points of a tile and places of a query that `findFew` is for. */
const most = { columns: 64, points: 1024, places: 64 };

/** Whether points are so few that a query needs no more than one invocation. */
export function areFew(columns: number, points: number, places: number): boolean {
  return columns <= most.columns && points <= most.points && places <= most.places;
}

/** Scores the points of a tile and offers them to what each query has found: `scoreTile` and `offerTile` in one, an invocation a query, which keeps its list in order and waits for no other. Rows are `width` vec4s. */
export function findFew(width: number): string {
  const each = (line: (f: number) => string) => Array.from({ length: width }, (_, f) => line(f)).join(" ");
  return `${told}
@group(0) @binding(0) var<uniform> tile: Tile;
@group(0) @binding(1) var<uniform> call: Call;
@group(0) @binding(2) var<storage, read> queries: array<vec4f>;
@group(0) @binding(3) var<storage, read> points: array<vec4f>;
@group(0) @binding(4) var<storage, read> offsets: array<f32>;
@group(0) @binding(5) var<storage, read_write> ids: array<u32>;
@group(0) @binding(6) var<storage, read_write> best: array<f32>;
@group(0) @binding(7) var<storage, read_write> sizes: array<u32>;
@group(0) @binding(8) var<storage, read_write> lowest: array<f32>;
${none}
${index("call.queries")} {
  var listed: array<u32, ${most.places}>;
  var values: array<f32, ${most.places}>;
  ${each((f) => `let x${f} = queries[i * ${width}u + ${f}u];`)}
  let own = select(0xffffffffu, call.own + i, call.own != 0xffffffffu);
  let found = i * call.places;
  var count = select(sizes[i], 0u, tile.first == 0u);
  for (var j = 0u; j < count; j++) {
    listed[j] = ids[found + j];
    values[j] = best[found + j];
  }
  // Points come in ascending order, so that an equal score is no better.
  var least = select(none, values[call.places - 1u], count == call.places);
  for (var j = 0u; j < tile.points; j++) {
    let point = tile.begin + j;
    var score = offsets[point];
    ${each((f) => `score += dot(x${f}, points[point * ${width}u + ${f}u]);`)}
    if (score > least && tile.first + j != own) {
      var at = min(count, call.places - 1u);
      for (; at > 0u; at--) {
        if (values[at - 1u] >= score) {
          break;
        }
        listed[at] = listed[at - 1u];
        values[at] = values[at - 1u];
      }
      listed[at] = tile.first + j;
      values[at] = score;
      count = min(count + 1u, call.places);
      least = select(none, values[call.places - 1u], count == call.places);
    }
  }
  for (var j = 0u; j < count; j++) {
    ids[found + j] = listed[j];
    best[found + j] = values[j];
  }
  sizes[i] = count;
  lowest[i] = select(none, values[max(count, 1u) - 1u], count > 0u);
}`;
}
