import { GpuFailure, ofGpu } from "../gpu-failure.ts";
import { GpuLimitError } from "../gpu-limit.ts";

/** One kernel call: what runs, on what, and how many workgroups of it. */
export interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  readonly workgroups: number;
}

/** Numbers that a buffer can be filled with. */
export type Content = Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** Texts of kernels that a device remembers: a search over parameters makes new ones without end. */
const mostPipelines = 64;

const pipelines = new WeakMap<GPUDevice, Map<string, Promise<GPUComputePipeline>>>();

/** A fit's own share of a device: buffers that go with it, and kernels that run in the order they are given. */
export class Gpu {
  readonly #buffers = new Set<GPUBuffer>();
  /** What the device says of bindings: an Error where kernel and buffers do not go together. */
  readonly #bound: Promise<void>[] = [];
  /** Bytes of each new buffer that the device had no room for. */
  readonly #missing: Promise<number>[] = [];
  /** Kernel calls so far. */
  dispatches = 0;

  constructor(
    readonly device: GPUDevice,
    /** Bytes of the largest buffer: what kernels can bind, or less. */
    readonly mostBytes = Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize),
  ) {}

  /** Bytes that its buffers take on the device. */
  get bytes(): number {
    return [...this.#buffers].reduce((sum, { size }) => sum + size, 0);
  }

  /** A storage buffer for that many 4-byte numbers, or with those. More than a buffer may have is a GpuLimitError that says how much; where there is no room left, `checked` tells. */
  buffer(content: number | Content): GPUBuffer {
    const length = typeof content === "number" ? content : content.length;
    const size = Math.max(16, Math.ceil(length / 4) * 16);
    if (size > this.mostBytes)
      throw new GpuLimitError(
        `this needs a buffer of ${size} bytes on the GPU, which has at most ${this.mostBytes}; use device "wasm"`,
      );
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = this.#make({ size, usage });
    if (typeof content !== "number") this.write(buffer, content);
    return buffer;
  }

  /** A buffer of that many bytes, for uniforms. */
  uniforms(bytes: number): GPUBuffer {
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    return this.#make({ size: bytes, usage });
  }

  /** Copies one buffer over another of the same size. */
  copy(from: GPUBuffer, to: GPUBuffer): void {
    const encoder = this.device.createCommandEncoder();
    encoder.copyBufferToBuffer(from, 0, to, 0, from.size);
    this.device.queue.submit([encoder.finish()]);
  }

  /** Overwrites a buffer, from that byte on. */
  write(buffer: GPUBuffer, content: Content, from = 0): void {
    this.device.queue.writeBuffer(buffer, from, content);
  }

  /** The pipeline of a WGSL text whose entry point is `main`; the texts used last are compiled once a device. A text that does not compile is a GpuFailure. */
  pipeline(code: string): Promise<GPUComputePipeline> {
    const known = pipelines.get(this.device) ?? new Map<string, Promise<GPUComputePipeline>>();
    pipelines.set(this.device, known);
    const made =
      known.get(code) ??
      ofGpu(
        this.device.createComputePipelineAsync({
          layout: "auto",
          compute: { module: this.device.createShaderModule({ code }), entryPoint: "main" },
        }),
      );
    // The last used stand last.
    known.delete(code);
    known.set(code, made);
    if (known.size > mostPipelines) known.delete(known.keys().next().value!);
    return made;
  }

  /** Buffers, or parts of them, in the order of their `@binding`, all in group 0. */
  bind(pipeline: GPUComputePipeline, ...buffers: readonly (GPUBuffer | GPUBufferBinding)[]): GPUBindGroup {
    this.device.pushErrorScope("validation");
    const bindings = this.device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: buffers.map((buffer, binding) => ({
        binding,
        resource: "buffer" in buffer ? buffer : { buffer },
      })),
    });
    const checked = ofGpu(this.device.popErrorScope()).then((error) => {
      if (error) throw new Error(`a kernel's buffers do not fit it: ${error.message}`);
    });
    // Told where results are read; a fit that is stopped before has none.
    checked.catch(() => undefined);
    this.#bound.push(checked);
    return bindings;
  }

  /** Runs kernels one after the other, all in one submit. */
  submit(steps: readonly Dispatch[]): void {
    const encoder = this.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (const { pipeline, bindings, workgroups } of steps) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindings);
      const [across, down] = spread(workgroups, this.device.limits.maxComputeWorkgroupsPerDimension);
      pass.dispatchWorkgroups(across, down);
    }
    pass.end();
    this.device.queue.submit([encoder.finish()]);
    this.dispatches += steps.length;
  }

  /** Waits until all that was submitted is done; a GpuFailure where the device is lost. */
  async done(): Promise<void> {
    await ofGpu(this.device.queue.onSubmittedWorkDone());
  }

  /** The first `length` singles of a buffer, once all that was submitted is done. */
  async readSingles(buffer: GPUBuffer, length: number): Promise<Float32Array<ArrayBuffer>> {
    return new Float32Array(await this.#read(buffer, length * 4));
  }

  /** The first `length` 32-bit integers of a buffer, once all that was submitted is done. */
  async readIntegers(buffer: GPUBuffer, length: number): Promise<Int32Array<ArrayBuffer>> {
    return new Int32Array(await this.#read(buffer, length * 4));
  }

  /** Waits for what the device says of the buffers and bindings so far: a GpuLimitError where its memory is full, an Error where kernel and buffers do not go together. */
  async checked(): Promise<void> {
    const missing = (await Promise.all(this.#missing.splice(0))).reduce((sum, size) => sum + size, 0);
    if (missing > 0) {
      const [needed, had] = [this.bytes, this.bytes - missing].map((bytes) => Math.ceil(bytes / 2 ** 20));
      throw new GpuLimitError(
        `this needs ${needed} MB on the GPU, which has room for ${had} MB; use device "wasm"`,
      );
    }
    await Promise.all(this.#bound.splice(0));
  }

  /** A GpuLimitError where a workgroup of a kernel needs more memory than the device gives one. */
  checkWorkgroup(singles: number): void {
    const { maxComputeWorkgroupStorageSize: most } = this.device.limits;
    if (singles * 4 > most)
      throw new GpuLimitError(
        `this needs ${singles * 4} bytes of a workgroup's memory on the GPU, which has ${most}; use device "wasm"`,
      );
  }

  /** Frees its buffers. */
  dispose(): void {
    for (const buffer of this.#buffers) buffer.destroy();
    this.#buffers.clear();
  }

  #make(wanted: GPUBufferDescriptor): GPUBuffer {
    this.device.pushErrorScope("out-of-memory");
    const buffer = this.device.createBuffer(wanted);
    const missing = ofGpu(this.device.popErrorScope()).then((error) => (error ? wanted.size : 0));
    // Told by `checked`; a fit that fails before has no need of it.
    missing.catch(() => undefined);
    this.#missing.push(missing);
    this.#buffers.add(buffer);
    return buffer;
  }

  async #read(buffer: GPUBuffer, bytes: number): Promise<ArrayBuffer> {
    await this.checked();
    this.device.pushErrorScope("out-of-memory");
    const staging = this.device.createBuffer({
      size: bytes,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    const full = ofGpu(this.device.popErrorScope());
    // Asked only where reading fails.
    full.catch(() => undefined);
    try {
      const encoder = this.device.createCommandEncoder();
      encoder.copyBufferToBuffer(buffer, 0, staging, 0, bytes);
      this.device.queue.submit([encoder.finish()]);
      await staging.mapAsync(GPUMapMode.READ);
      return staging.getMappedRange().slice(0);
    } catch (error) {
      if (await full)
        throw new GpuLimitError(`the GPU has no room to hand over ${bytes} bytes; use device "wasm"`);
      throw new GpuFailure(error);
    } finally {
      staging.destroy();
    }
  }
}

/** Workgroups as a rectangle no wider than `most`; what is too much is skipped by the kernel, which knows its rows. */
function spread(workgroups: number, most: number): readonly [across: number, down: number] {
  if (workgroups <= most) return [workgroups, 1];
  const down = Math.ceil(workgroups / most);
  return [Math.ceil(workgroups / down), down];
}
