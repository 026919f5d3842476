import type { MlpNetwork } from "../mlp-network.ts";
import type { Optimizer } from "../optimizer.ts";
import { index } from "./index-of.ts";
import { placedLayers, stepStruct, type PlacedLayer } from "./mlp-network.ts";
import { adamMove, momentumMove } from "./moves.ts";
import { unrolled } from "./unrolled.ts";

/** One invocation a parameter: its gradient over the rows of a step, summed in their order, and the optimizer's move. */
export function updateKernel(network: MlpNetwork, optimizer: Optimizer): string {
  const { layers, size, rowValues } = placedLayers(network);
  const branches = layers.map((layer, i) => branch(layer, layers[i - 1], network.units[0]!));
  return `${stepStruct}
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> order: array<u32>;
@group(0) @binding(3) var<storage, read> values: array<f32>;
@group(0) @binding(4) var<storage, read> errors: array<f32>;
@group(0) @binding(5) var<storage, read_write> theta: array<f32>;
@group(0) @binding(6) var<storage, read_write> first: array<f32>;
@group(0) @binding(7) var<storage, read_write> second: array<f32>;
const rowValues = ${rowValues}u;
${index(size)} {
  // Without hidden layers nothing reads the values, and the binding must be there all the same.
  _ = &values;
  var gradient = 0.0;
${branches.join(" else ")}
  ${optimizer.solver === "sgd" ? momentumMove(optimizer) : adamMove(optimizer)}
}`;
}

/** The gradient of the parameters of one layer. */
function branch(
  { weights, intercepts, outputs, at }: PlacedLayer,
  before: PlacedLayer | undefined,
  inputs: number,
): string {
  const source = (row: string): string =>
    before
      ? `values[${row} * rowValues + ${before.at}u + input]`
      : `x[order[step.first + ${row}] * ${inputs}u + input]`;
  const error = (row: string): string => `errors[${row} * rowValues + ${at}u + unit]`;
  return `  if (i < ${intercepts}u) {
    let input = (i - ${weights}u) / ${outputs}u;
    let unit = (i - ${weights}u) % ${outputs}u;
    ${unrolled("row", "step.rows", (row) => `gradient += ${source(row)} * ${error(row)};`)}
    gradient += step.decay * theta[i];
  } else if (i < ${intercepts + outputs}u) {
    let unit = i - ${intercepts}u;
    ${unrolled("row", "step.rows", (row) => `gradient += ${error(row)};`)}
  }`;
}
