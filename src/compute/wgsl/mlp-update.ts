import type { MlpNetwork } from "../mlp-network.ts";
import type { Optimizer } from "../optimizer.ts";
import { index } from "./index-of.ts";
import { placedLayers, stepStruct, type PlacedLayer } from "./mlp-network.ts";
import { adamMove, momentumMove } from "./moves.ts";
import { unrolled } from "./unrolled.ts";

/** One invocation a parameter: its gradient over the rows of a step, summed in their order, and the optimizer's move. */
export function updateKernel(network: MlpNetwork, optimizer: Optimizer): string {
  const { layers, size, rowValues } = placedLayers(network);
  const inputs = network.units[0]!;
  const places = layers.map((layer, i) => placeOf(layer, layers[i - 1]));
  const x = (row: string): string => `x[order[step.first + ${row}] * ${inputs}u + input]`;
  const value = (row: string): string => `select(values[${row} * rowValues + input], 1.0, intercept)`;
  const error = (row: string): string => `errors[${row} * rowValues + unit]`;
  const sum = (source: (row: string) => string): string =>
    unrolled("row", "step.rows", (row) => `gradient += ${source(row)} * ${error(row)};`);
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
  var input = 0u;
  var unit = 0u;
  var intercept = false;
${places.join(" else ")}
  var gradient = 0.0;
  if (i < ${layers[0]!.intercepts}u) {
    ${sum(x)}
  } else {
    ${sum(value)}
  }
  gradient += select(step.decay * theta[i], 0.0, intercept);
  ${optimizer.solver === "sgd" ? momentumMove(optimizer) : adamMove(optimizer)}
}`;
}

/** Which input of a layer, and which of its units, a parameter goes with. */
function placeOf({ weights, intercepts, outputs, at }: PlacedLayer, before: PlacedLayer | undefined): string {
  return `  if (i < ${intercepts + outputs}u) {
    intercept = i >= ${intercepts}u;
    input = select(${before?.at ?? 0}u + (i - ${weights}u) / ${outputs}u, 0u, intercept);
    unit = ${at}u + (i - ${weights}u) % ${outputs}u;
  }`;
}
