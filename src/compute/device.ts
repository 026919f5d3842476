/** Where a model trains: `webgpu` on a real graphics adapter, else `wasm`. */
export type Tier = "webgpu" | "wasm";

/** Where a model trains, and why there. */
export interface Device {
  readonly tier: Tier;
  /** The adapter's name, or "CPU (SIMD)". */
  readonly name: string;
  readonly reason:
    | "real-adapter"
    | "no-adapter"
    | "fallback-adapter"
    | "forced"
    | "device-lost"
    | "gpu-limits"
    | "cpu-model"
    | "little-work";
}

/** Fewest multiply-adds of a step that are worth the way to the GPU and back: about a millisecond of SIMD. A count and no timing, so that a fit always runs in one place. */
export const enoughForGpu = 2 ** 23;

/** The same for steps that wait in line on the GPU, with nothing read back between them: two kernel calls are about an eighth of a millisecond of SIMD. */
export const enoughInLine = 2 ** 20;

/** The part of `navigator.gpu` that the choice needs. */
export interface Adapters {
  requestAdapter(options?: GPURequestAdapterOptions): Promise<GPUAdapter | null>;
}

const cpu = "CPU (SIMD)";
let forced: Tier | null = null;

/** Where a model would train now. `tier` forces one, as `forceDevice` does for good; a forced `webgpu` without an adapter is an Error. */
export async function chooseDevice(
  tier: Tier | null = forced,
  gpu: Adapters | null = graphics(),
): Promise<Device> {
  if (tier === "wasm") return cpuDevice("forced");
  const adapter = await findAdapter(gpu);
  if (tier === "webgpu") {
    if (!adapter) throw new Error(`device "webgpu": there is no WebGPU adapter here; use device "wasm"`);
    return { tier, name: adapterName(adapter.info), reason: "forced" };
  }
  if (!adapter) return cpuDevice("no-adapter");
  if (isFallback(adapter.info)) return cpuDevice("fallback-adapter");
  return { tier: "webgpu", name: adapterName(adapter.info), reason: "real-adapter" };
}

/** Forces a tier from here on, null for none; gives the device it means. */
export function forceDevice(tier: Tier | null): Promise<Device> {
  forced = tier;
  return chooseDevice();
}

/** The processor as a device, for that reason. */
export function cpuDevice(reason: Device["reason"]): Device {
  return { tier: "wasm", name: cpu, reason };
}

/** The adapter that models train on, or null where there is none. */
export async function findAdapter(gpu: Adapters | null = graphics()): Promise<GPUAdapter | null> {
  return (await gpu?.requestAdapter({ powerPreference: "high-performance" })) ?? null;
}

function graphics(): Adapters | null {
  const scope: { readonly navigator?: { readonly gpu?: Adapters } } = globalThis;
  return scope.navigator?.gpu ?? null;
}

/** Whether the adapter is a processor in disguise, which is slower than our own wasm. */
function isFallback(info: GPUAdapterInfo): boolean {
  return info.isFallbackAdapter || info.architecture === "swiftshader";
}

const vendors = new Map([
  ["nvidia", "NVIDIA"],
  ["amd", "AMD"],
  ["intel", "Intel"],
  ["apple", "Apple"],
  ["qualcomm", "Qualcomm"],
  ["arm", "Arm"],
  ["google", "Google"],
]);

function adapterName({ description, vendor, architecture }: GPUAdapterInfo): string {
  if (description) return description;
  return [vendors.get(vendor) ?? vendor, architecture].filter(Boolean).join(" ") || "GPU";
}
