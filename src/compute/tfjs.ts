// First, and before any other import of TF.js: it looks at its globals when it is loaded.
import { restoreFrames } from "./frames.ts";
import * as tf from "@tensorflow/tfjs-core";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { chooseDevice, cpuDevice, enoughForGpu, findAdapter, type Device, type Tier } from "./device.ts";
import { GpuFailure } from "./gpu-failure.ts";
import { GpuLimitError } from "./gpu-limit.ts";

restoreFrames();
// Threads need SharedArrayBuffer, which never reaches the kernel, and their count would change the last bits.
tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);

type LoadBinary = (name: string) => Promise<ArrayBuffer>;

/** Milliseconds after a failure in which the news of a lost device is waited for. */
const longestNews = 200;

let loadBinary: LoadBinary | null = null;
let webgpu: { readonly backend: WebGPUBackend; lost: boolean } | null = null;
let lost = 0;
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

/** The device for steps of so many multiply-adds, TF.js readied on it where it is the GPU. Fewer than `enough` stay on the processor, unless `tier` forces another. */
export async function deviceFor(
  tier: Tier | undefined,
  multiplyAdds: number,
  enough = enoughForGpu,
): Promise<Device> {
  const chosen = await chooseDevice(tier);
  const little = chosen.reason === "real-adapter" && multiplyAdds < enough;
  const device = little ? cpuDevice("little-work") : chosen;
  if (device.tier === "webgpu") await readyDevice("webgpu");
  return device;
}

/** Runs work on the device that `deviceFor` gives; where that fails it, from its start on the next one. */
export async function withDevice<T>(
  tier: Tier | undefined,
  work: (device: Device) => Promise<T>,
  multiplyAdds: number,
  enough = enoughForGpu,
): Promise<T> {
  return onDevices(await deviceFor(tier, multiplyAdds, enough), work);
}

/** What hears how work fares. */
export interface WorkListener {
  /** Work failed with that error; an error thrown here ends it. */
  failed(error: unknown): void;
  /** It goes on on that device; `wasLost` where the GPU was lost. */
  moved(device: Device, wasLost: boolean): void;
}

/** Runs work on a device; where that fails it, once more on the next one. Any other error is thrown at once. */
export async function onDevices<T>(
  first: Device,
  work: (device: Device) => Promise<T>,
  listener: WorkListener | null = null,
): Promise<T> {
  let device = first;
  for (let failures = 0; ; failures++) {
    const losses = lost;
    try {
      return await work(device);
    } catch (error) {
      listener?.failed(error);
      device = await nextDevice(device, { error, losses, failures });
      listener?.moved(device, lost > losses);
    }
  }
}

/** What failed on a device: with what error, how many GPU devices had been lost before it began, and how often it had failed before. */
interface DeviceFailure {
  readonly error: unknown;
  readonly losses: number;
  readonly failures: number;
}

/** Where work goes on that a device failed: on the GPU made anew where it was lost for the first time, else on the processor. Throws the error where the device is not to blame, and an Error where it was forced and cannot be had. */
async function nextDevice(device: Device, { error, losses, failures }: DeviceFailure): Promise<Device> {
  if (device.tier === "wasm") throw error;
  const forced = device.reason === "forced";
  if (error instanceof GpuLimitError) {
    if (forced) throw error;
    return cpuDevice("gpu-limits");
  }
  if (!(error instanceof GpuFailure)) throw error;
  if (lost === losses) await newsOfLoss();
  if (lost === losses) throw error;
  const again = failures === 0 ? await gpuAnew(device) : null;
  if (again) return again;
  if (forced) throw new Error("the GPU was lost while it was at work; run the cell again", { cause: error });
  return cpuDevice("device-lost");
}

/** Waits for the news that the GPU was lost, which may come after the failure it caused. */
async function newsOfLoss(): Promise<void> {
  const late = new Promise((over) => setTimeout(over, longestNews));
  await Promise.race([webgpu?.backend.device.lost, late]);
}

/** The GPU with a fresh device in place of the one that was lost; null where there is none to be had. */
async function gpuAnew({ reason }: Device): Promise<Device | null> {
  try {
    const device = await chooseDevice(reason === "forced" ? "webgpu" : undefined);
    if (device.tier !== "webgpu") return null;
    await readyDevice("webgpu");
    return device;
  } catch {
    return null;
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
  void device.lost.then(() => {
    registered.lost = true;
    lost++;
  });
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
