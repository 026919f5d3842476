import type { MlpNetwork } from "../mlp-network.ts";
import { classOutputs, eachOutput } from "./class-outputs.ts";
import { activationOf, dropoutOf, placedLayers, stepStruct, type PlacedLayer } from "./mlp-network.ts";
import { groupSize } from "./index-of.ts";
import { unrolled } from "./unrolled.ts";

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
@compute @workgroup_size(${groupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let begin = (group.y * groups.x + group.x) * ${tile}u;
  ${forward.join("\n  ")}
  for (var row = begin + local; row < min(begin + ${tile}u, step.rows); row += ${groupSize}u) {
    output(row);
  }
  ${learns ? backward.map((text) => `storageBarrier();\n  ${text}`).join("\n  ") : ""}
}`;
}

/** A loop over the units of a layer in the rows of a workgroup: \`row\` and \`j\`. */
function eachUnit(tile: number, units: number, body: string): string {
  return `for (var item = local; item < ${tile * units}u; item += ${groupSize}u) {
    let row = begin + item / ${units}u;
    let j = item % ${units}u;
    if (row < step.rows) {
${body}
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
  const value = hidden ? `activate(sum)${masked ? ` * kept(row, ${at}u + j)` : ""}` : "sum";
  return `${eachUnit(
    tile,
    outputs,
    `      let start = ${start};
      var sum = theta[${intercepts}u + j];
      ${unrolled("i", layer.inputs, (i) => `sum += ${from}[start + ${i}] * theta[${weights}u + ${i} * ${outputs}u + j];`)}
      values[row * rowValues + ${at}u + j] = ${value};`,
  )}
  storageBarrier();`;
}

function backwardLayer(
  layer: PlacedLayer,
  after: PlacedLayer,
  { tile, masked, dropout }: { readonly tile: number; readonly masked: boolean; readonly dropout: number },
): string {
  const unit = `values[row * rowValues + ${layer.at}u + j]`;
  // The value was multiplied by what is kept; the slope is that of the value before.
  const through = masked
    ? `slope(${unit} * ${(1 - dropout).toFixed(9)}) * kept(row, ${layer.at}u + j)`
    : `slope(${unit})`;
  return eachUnit(
    tile,
    layer.outputs,
    `      let weights = ${after.weights}u + j * ${after.outputs}u;
      let start = row * rowValues + ${after.at}u;
      var sum = 0.0;
      ${unrolled("k", after.outputs, (k) => `sum += theta[weights + ${k}] * errors[start + ${k}];`)}
      errors[row * rowValues + ${layer.at}u + j] = sum * ${through};`,
  );
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
