// First, and before any other import of TF.js: it looks at its globals when it is loaded.
import { restoreFrames } from "./frames.ts";
import * as tf from "@tensorflow/tfjs-core";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { chooseDevice, cpuDevice, enoughForGpu, findAdapter, type Device, type Tier } from "./device.ts";
import { pause } from "../core/pause.ts";

restoreFrames();
// Threads need SharedArrayBuffer, which never reaches the kernel, and their count would change the last bits.
tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);

type LoadBinary = (name: string) => Promise<ArrayBuffer>;

let loadBinary: LoadBinary | null = null;
let webgpu: { readonly backend: WebGPUBackend; lost: boolean } | null = null;
let wasm = false;
let line: Promise<unknown> = Promise.resolve();

/** Says where the wasm backend gets its binary; without it, TF.js looks beside its own files, which works in Node. */
export function setWasmBinaries(load: LoadBinary): void {
  loadBinary = load;
}

/** Chooses a device (`tier` forces one) and readies TF.js on it. A binary that does not load is an Error; nothing falls back to a slower backend. */
export function readyDevice(tier?: Tier): Promise<Device> {
  const ready = line.then(async () => {
    const device = await chooseDevice(tier);
    await readyBackend(device.tier);
    return device;
  });
  line = ready.catch(() => undefined);
  return ready;
}

/** Runs work on a device; TF.js is readied for the GPU alone, since the processor has kernels of our own. Where the GPU is lost meanwhile, the work runs again from its start on the processor, unless `tier` forbids it. A step of fewer than `enough` multiply-adds stays on the processor. */
export async function withDevice<T>(
  tier: Tier | undefined,
  work: (device: Device) => Promise<T>,
  multiplyAdds = Infinity,
  enough = enoughForGpu,
): Promise<T> {
  const chosen = await chooseDevice(tier);
  const little = chosen.reason === "real-adapter" && multiplyAdds < enough;
  const device = little ? cpuDevice("little-work") : chosen;
  if (device.tier === "webgpu") await readyDevice("webgpu");
  const gpu = device.tier === "webgpu" ? webgpu : null;
  try {
    return await work(device);
  } catch (error) {
    await pause(); // The news of a lost device may come just after the failure it caused.
    if (!gpu?.lost) throw error;
    if (device.reason === "forced")
      throw new Error("the GPU was lost while it trained; run the cell again", { cause: error });
    return work(cpuDevice("device-lost"));
  }
}

/** TF.js's own device, for kernels of our own; what TF.js has recorded so far is submitted first, so that the order of work holds. */
export async function gpuDevice(): Promise<GPUDevice> {
  await readyDevice("webgpu");
  const { backend } = webgpu!;
  const recording = backend as unknown as { readonly commandEncoder: GPUCommandEncoder | null };
  backend.endComputePassEncoder();
  if (recording.commandEncoder) backend.submitQueue();
  return backend.device;
}

async function readyBackend(tier: Tier): Promise<void> {
  if (tier === "webgpu" && (!webgpu || webgpu.lost)) await registerWebgpu();
  if (tier === "wasm" && !wasm && loadBinary) await offerBinary(loadBinary);
  if (!(await tf.setBackend(tier))) throw new Error(`TF.js did not start on ${tier}`);
  wasm ||= tier === "wasm";
}

/** Our own registration: all the adapter's limits, and a fresh device where the last one was lost. */
async function registerWebgpu(): Promise<void> {
  const adapter = await findAdapter();
  if (!adapter) throw new Error("the WebGPU adapter is gone");
  const device = await adapter.requestDevice({
    requiredFeatures: (["timestamp-query", "bgra8unorm-storage"] as const).filter((f) =>
      adapter.features.has(f),
    ),
    requiredLimits: Object.fromEntries(raisedLimits.map((name) => [name, adapter.limits[name]])),
  });
  const registered = { backend: new WebGPUBackend(device, adapter.info), lost: false };
  void device.lost.then(() => (registered.lost = true));
  if (tf.findBackendFactory("webgpu")) tf.removeBackend("webgpu");
  tf.registerBackend("webgpu", () => registered.backend, 3);
  webgpu = registered;
}

const raisedLimits = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxComputeWorkgroupSizeX",
  "maxComputeInvocationsPerWorkgroup",
] as const;

/** Hands TF.js its wasm binary as a blob of our own. Tried here first, since TF.js would wait for ever on one it cannot use. */
async function offerBinary(load: LoadBinary): Promise<void> {
  const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
  const name = simd ? "tfjs-backend-wasm-simd.wasm" : "tfjs-backend-wasm.wasm";
  try {
    const url = URL.createObjectURL(new Blob([await load(name)], { type: "application/wasm" }));
    await WebAssembly.compile(await (await fetch(url)).arrayBuffer());
    const names = [
      "tfjs-backend-wasm.wasm",
      "tfjs-backend-wasm-simd.wasm",
      "tfjs-backend-wasm-threaded-simd.wasm",
    ];
    setWasmPaths(Object.fromEntries(names.map((each) => [each, url])), true);
  } catch (error) {
    throw new Error(`the wasm backend did not load from ${name}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

export { tf };
