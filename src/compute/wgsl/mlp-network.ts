import { single } from "./single.ts";
import { mlpLayers, type Activation, type MlpLayer, type MlpNetwork } from "../mlp-network.ts";

/** A layer, where its values stand in a row of all layers' values, and whether something is left out of it in training. */
export interface PlacedLayer extends MlpLayer {
  readonly at: number;
  readonly hidden: boolean;
}

/** The layers of a network, and how many values a row has in all of them. */
export function placedLayers(network: MlpNetwork): {
  layers: PlacedLayer[];
  size: number;
  rowValues: number;
} {
  const { layers, size } = mlpLayers(network);
  let rowValues = 0;
  const placed = layers.map((layer, i) => {
    const at = rowValues;
    rowValues += layer.outputs;
    return { ...layer, at, hidden: i < layers.length - 1 };
  });
  return { layers: placed, size, rowValues };
}

/** What a kernel is told of a step: the first of its rows in the order, how many they are, its number, and the factors of the optimizer, the error and the penalty. */
export const stepStruct = `
struct Step { first: u32, rows: u32, number: u32, rate: f32, scale: f32, decay: f32 }
@group(0) @binding(0) var<uniform> step: Step;`;

/** \`activate(z)\`, and \`slope(v)\` from the value itself. A NaN stays one, so that a loss that is no number is noticed. */
export function activationOf(activation: Activation): string {
  const [value, slope] = {
    relu: ["select(z, 0.0, z < 0.0)", "select(0.0, 1.0, v > 0.0)"],
    tanh: ["tanh(clamp(z, -15.0, 15.0))", "1.0 - v * v"],
    logistic: ["1.0 / (1.0 + exp(-z))", "v * (1.0 - v)"],
    identity: ["z", "1.0"],
  }[activation];
  return `
fn activate(z: f32) -> f32 { return ${value}; }
fn slope(v: f32) -> f32 { return ${slope}; }`;
}

/** \`kept(row, unit)\`: what a unit's value is multiplied by in a step, 0 or 1/(1 − dropout). By the generator PCG. Source: Jarzynski & Olano 2020. */
export function dropoutOf(dropout: number, seed: number): string {
  if (dropout === 0) return "";
  const threshold = Math.min(Math.round(dropout * 2 ** 32), 2 ** 32 - 1);
  return `
fn mixed(x: u32) -> u32 {
  let state = x * 747796405u + 2891336453u;
  let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  return (word >> 22u) ^ word;
}
fn kept(row: u32, unit: u32) -> f32 {
  let drawn = mixed(unit ^ mixed(row ^ mixed(step.number ^ ${seed >>> 0}u)));
  return select(0.0, ${single(1 / (1 - dropout))}, drawn >= ${threshold}u);
}`;
}
