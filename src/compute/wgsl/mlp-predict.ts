import type { MlpNetwork } from "../mlp-network.ts";
import { gpuDevice } from "../tfjs.ts";
import { pause } from "../../core/pause.ts";
import { Gpu } from "./gpu.ts";
import { placedLayers } from "./mlp-network.ts";
import { rowsKernel } from "./mlp-rows.ts";
import { blocksOf, tileOf } from "./mlp-trainer.ts";
import { Steps } from "./steps.ts";

/** Rows that pass through a network at once. */
const blockRows = 8192;

/** What a network gives for rows on the GPU, as `mlpPredictions` says. x: rows × inputs. */
export async function wgslMlpPredictions(
  network: MlpNetwork,
  parameters: Float32Array,
  x: Float32Array,
): Promise<Float32Array> {
  const [inputs, outputs] = [network.units[0]!, network.units.at(-1)!];
  const all = x.length / inputs;
  const result = new Float32Array(all * outputs);
  if (all === 0) return result;
  const gpu = new Gpu(await gpuDevice());
  try {
    const block = Math.min(blockRows, all);
    const tile = tileOf(block);
    const pipeline = await gpu.pipeline(rowsKernel({ network, work: "predict", tile, dropout: 0, seed: 0 }));
    const steps = new Steps(gpu);
    const rowsIn = gpu.buffer(block * inputs);
    const said = gpu.buffer(block * outputs);
    const theta = gpu.buffer(parameters as Float32Array<ArrayBuffer>);
    const values = gpu.buffer(block * placedLayers(network).rowValues);
    const bindings = gpu.bind(pipeline, steps.binding(0), rowsIn, theta, values, said);
    for (const { first, rows } of blocksOf(all, block)) {
      gpu.write(rowsIn, x.slice(first * inputs, (first + rows) * inputs));
      steps.write([{ whole: [0, rows, 0], singles: [] }]);
      gpu.submit([{ pipeline, bindings, workgroups: Math.ceil(rows / tile) }]);
      result.set(await gpu.readSingles(said, rows * outputs), first * outputs);
      await pause();
    }
    return result;
  } finally {
    gpu.dispose();
  }
}
