import type { MlpNetwork } from "../mlp-network.ts";
import { classOutputs, eachOutput } from "./class-outputs.ts";
import { activationOf, dropoutOf, placedLayers, stepStruct, type PlacedLayer } from "./mlp-network.ts";
import { unrolled } from "./unrolled.ts";

/** Invocations of a workgroup: few, since narrow layers leave the others idle at each barrier. */
const rowGroup = 32;

/** Most units of a layer that an invocation takes at once. */
const mostAtOnce = 4;

/** What a kernel over rows does after the values of all layers are there. */
export type RowsWork = "learn" | "judge" | "predict";

/** How a kernel over rows is made. */
export interface RowsKernel {
  readonly network: MlpNetwork;
  readonly work: RowsWork;
  /** Rows of a workgroup. */
  readonly tile: number;
  readonly dropout: number;
  readonly seed: number;
}

/**
 * A workgroup takes a few rows through all layers and, to learn, their errors back. Values and errors go through storage, so a network may
 * have any depth and width. Gives the loss of each row at its place in the order, or what the network says of it.
 */
export function rowsKernel({ network, work, tile, dropout, seed }: RowsKernel): string {
  const { layers, rowValues } = placedLayers(network);
  const learns = work === "learn";
  const masked = learns && dropout > 0;
  const inputs = network.units[0]!;
  const forward = layers.map((layer, i) => forwardLayer(layer, layers[i - 1], { inputs, tile, masked }));
  const backward = layers
    .slice(1)
    .map((after, i) => backwardLayer(layers[i]!, after, { tile, masked, dropout }))
    .reverse();
  return `${stepStruct}
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> theta: array<f32>;
@group(0) @binding(3) var<storage, read_write> values: array<f32>;
@group(0) @binding(4) var<storage, read_write> result: array<f32>;
${work === "predict" ? "" : "@group(0) @binding(5) var<storage, read> targets: array<f32>;"}
${learns ? "@group(0) @binding(6) var<storage, read> order: array<u32>;" : ""}
${learns ? "@group(0) @binding(7) var<storage, read_write> errors: array<f32>;" : ""}
const rowValues = ${rowValues}u;
fn place(row: u32) -> u32 { return ${learns ? "order[step.first + row]" : "step.first + row"}; }
${activationOf(network.activation)}
${masked ? dropoutOf(dropout, seed) : ""}
${outputOf(network, layers.at(-1)!, work)}
@compute @workgroup_size(${rowGroup})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let begin = (group.y * groups.x + group.x) * ${tile}u;
  ${forward.join("\n  ")}
  for (var row = begin + local; row < min(begin + ${tile}u, step.rows); row += ${rowGroup}u) {
    output(row);
  }
  ${learns ? backward.map((text) => `storageBarrier();\n  ${text}`).join("\n  ") : ""}
}`;
}

/** The sums of a layer's units over its terms, as texts by that of a unit's number, and of a term's. */
interface UnitSums {
  readonly units: number;
  readonly terms: number;
  /** What is said once a row. */
  readonly row: string;
  readonly first: (j: string) => string;
  /** The factor of a term that all units have in common. */
  readonly common: (i: string) => string;
  readonly own: (i: string, j: string) => string;
  /** What becomes of a unit's sum. */
  readonly give: (j: string, sum: string) => string;
}

/** The sums of a layer in the rows of a workgroup. An invocation takes several units of a wide layer at once, and reads what they have in common once. */
function eachUnit(tile: number, { units, terms, row, first, common, own, give }: UnitSums): string {
  const atOnce = Math.min(Math.ceil(units / rowGroup), mostAtOnce);
  const apart = Math.ceil(units / atOnce);
  const each = (text: (j: string, sum: string, n: number) => string): string =>
    Array.from({ length: atOnce }, (_, n) => text(`j${n}`, `sum${n}`, n)).join("\n");
  const add = (i: string): string =>
    `term = ${common(i)};\n${each((j, sum) => `${sum} += term * ${own(i, j)};`)}`;
  return `for (var item = local; item < ${tile * apart}u; item += ${rowGroup}u) {
    let row = begin + item / ${apart}u;
    if (row < step.rows) {
      ${row}
      var term = 0.0;
      ${each((j, sum, n) => `let ${j} = item % ${apart}u + ${n * apart}u; var ${sum} = ${first(j)};`)}
      ${unrolled("i", terms, add)}
      ${each((j, sum) => `if (${j} < ${units}u) { ${give(j, sum)} }`)}
    }
  }`;
}

function forwardLayer(
  layer: PlacedLayer,
  before: PlacedLayer | undefined,
  { inputs, tile, masked }: { readonly inputs: number; readonly tile: number; readonly masked: boolean },
): string {
  const { outputs, weights, intercepts, at, hidden } = layer;
  const [from, start] = before
    ? ["values", `row * rowValues + ${before.at}u`]
    : ["x", `place(row) * ${inputs}u`];
  const value = (j: string, sum: string): string =>
    hidden ? `activate(${sum})${masked ? ` * kept(row, ${at}u + ${j})` : ""}` : sum;
  return `${eachUnit(tile, {
    units: outputs,
    terms: layer.inputs,
    row: `let start = ${start};`,
    first: (j) => `theta[${intercepts}u + ${j}]`,
    common: (i) => `${from}[start + ${i}]`,
    own: (i, j) => `theta[${weights}u + ${i} * ${outputs}u + ${j}]`,
    give: (j, sum) => `values[row * rowValues + ${at}u + ${j}] = ${value(j, sum)};`,
  })}
  storageBarrier();`;
}

function backwardLayer(
  layer: PlacedLayer,
  after: PlacedLayer,
  { tile, masked, dropout }: { readonly tile: number; readonly masked: boolean; readonly dropout: number },
): string {
  const unit = (j: string): string => `values[row * rowValues + ${layer.at}u + ${j}]`;
  // The value was multiplied by what is kept; the slope is that of the value before.
  const through = (j: string): string =>
    masked
      ? `slope(${unit(j)} * ${(1 - dropout).toFixed(9)}) * kept(row, ${layer.at}u + ${j})`
      : `slope(${unit(j)})`;
  return eachUnit(tile, {
    units: layer.outputs,
    terms: after.outputs,
    row: `let start = row * rowValues + ${after.at}u;`,
    first: () => "0.0",
    common: (i) => `errors[start + ${i}]`,
    own: (i, j) => `theta[${after.weights}u + ${j} * ${after.outputs}u + ${i}]`,
    give: (j, sum) => `errors[row * rowValues + ${layer.at}u + ${j}] = ${sum} * ${through(j)};`,
  });
}

/** `output(row)`: the loss of a row and the errors of its last layer, or what the network says. */
function outputOf(network: MlpNetwork, { at, outputs }: PlacedLayer, work: RowsWork): string {
  const z = (k: string): string => `values[row * rowValues + ${at}u + ${k}]`;
  const target = `targets[place(row) * ${outputs}u + k]`;
  const give = (value: string): string => {
    if (work === "predict") return `result[(step.first + row) * ${outputs}u + k] = ${value};`;
    const error = `errors[row * rowValues + ${at}u + k]`;
    return work === "learn" ? `${error} = (${value} - ${target}) * step.scale;` : "";
  };
  const judged = work === "predict" ? null : target;
  const body =
    network.outputs === "values"
      ? valueOutputs(outputs, z("k"), judged, give)
      : classOutputs({ outputs, z, target: judged, give });
  return `
fn output(row: u32) {
  var loss = 0.0;
  ${body}
  ${judged === null ? "" : "result[step.first + row] = loss;"}
}`;
}

/** Adds half the squared error of a row to `loss`, and gives its values. */
function valueOutputs(
  outputs: number,
  z: string,
  target: string | null,
  give: (value: string) => string,
): string {
  const loss = `let gap = ${z} - ${target}; loss += 0.5 * gap * gap;`;
  return `${target === null ? "" : eachOutput(outputs, loss)}
  ${eachOutput(outputs, give(z))}`;
}
