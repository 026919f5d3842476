import type { Tier } from "./device.ts";
import { readyDevice, tf } from "./tfjs.ts";
import * as layers from "@tensorflow/tfjs-layers";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";

/** What a cell gets from `import * as tf from "@tensorflow/tfjs"`: TF.js core and layers. */
export type TfNamespace = typeof tf & typeof layers;

/** TF.js core and layers, ready on the device that models train on; `tier` forces one. */
export async function loadTf(tier?: Tier): Promise<TfNamespace> {
  await readyDevice(tier);
  return { ...tf, ...layers };
}
