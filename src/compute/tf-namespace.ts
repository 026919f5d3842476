import { readyDevice, tf } from "./tfjs.ts";
import * as layers from "@tensorflow/tfjs-layers";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";

/** What a cell gets from `import * as tf from "@tensorflow/tfjs"`: TF.js core and layers. */
export type TfNamespace = typeof tf & typeof layers;

/** TF.js core and layers, ready on the device that models train on. */
export async function loadTf(): Promise<TfNamespace> {
  await readyDevice();
  return { ...tf, ...layers };
}
