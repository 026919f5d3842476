/** What was asked of the device while it was watched. */
export interface DeviceUse {
  /** GPU kernel calls. */
  readonly dispatches: number;
  /** Bytes of all buffers that were bound, summed over kernel calls. */
  readonly boundBytes: number;
  /** Most bytes that buffers made meanwhile held at once, and wasm memories that grew meanwhile hold. */
  readonly peakBytes: number;
}

/** Counts what is asked of GPU and wasm memory until `stop`, by anyone: our kernels and TF.js alike. */
export function watchDevice(): { readonly use: DeviceUse; readonly stop: () => void } {
  const use = { dispatches: 0, boundBytes: 0, peakBytes: 0 };
  const memories = new Map<WebAssembly.Memory, number>();
  const buffers = new Map<GPUBuffer, number>();
  const notePeak = (): void => {
    const held = [...memories.values(), ...buffers.values()].reduce((sum, bytes) => sum + bytes, 0);
    use.peakBytes = Math.max(use.peakBytes, held);
  };
  const restore = [
    wrap(WebAssembly.Memory.prototype, "grow", (grow) => {
      return function (this: WebAssembly.Memory, pages: number) {
        const before = grow.call(this, pages);
        memories.set(this, this.buffer.byteLength);
        notePeak();
        return before;
      };
    }),
  ];
  if ("GPUDevice" in globalThis) restore.push(...watchBuffers(buffers, notePeak), ...watchCalls(use));
  return {
    use,
    stop: () => {
      for (const one of restore) one();
    },
  };
}

function watchBuffers(buffers: Map<GPUBuffer, number>, notePeak: () => void): (() => void)[] {
  return [
    wrap(GPUDevice.prototype, "createBuffer", (create) => {
      return function (this: GPUDevice, descriptor: GPUBufferDescriptor) {
        const buffer = create.call(this, descriptor);
        buffers.set(buffer, buffer.size);
        notePeak();
        return buffer;
      };
    }),
    wrap(GPUBuffer.prototype, "destroy", (destroy) => {
      return function (this: GPUBuffer) {
        buffers.delete(this);
        return destroy.call(this);
      };
    }),
  ];
}

function watchCalls(use: { dispatches: number; boundBytes: number }): (() => void)[] {
  const bytesOf = new WeakMap<GPUBindGroup, number>();
  const boundTo = new WeakMap<GPUComputePassEncoder, number>();
  return [
    wrap(GPUDevice.prototype, "createBindGroup", (create) => {
      return function (this: GPUDevice, descriptor: GPUBindGroupDescriptor) {
        const group = create.call(this, descriptor);
        let bytes = 0;
        for (const { resource } of descriptor.entries) bytes += sizeOf(resource);
        bytesOf.set(group, bytes);
        return group;
      };
    }),
    wrap(GPUComputePassEncoder.prototype, "setBindGroup", (set) => {
      const setAndNote = function (this: GPUComputePassEncoder, ...given: Parameters<typeof set>) {
        boundTo.set(this, bytesOf.get(given[1]!) ?? 0);
        return set.apply(this, given);
      };
      // Its overloads have no common form.
      return setAndNote as typeof set;
    }),
    wrap(GPUComputePassEncoder.prototype, "dispatchWorkgroups", (dispatch) => {
      return function (this: GPUComputePassEncoder, ...counts: Parameters<typeof dispatch>) {
        use.dispatches++;
        use.boundBytes += boundTo.get(this) ?? 0;
        return dispatch.apply(this, counts);
      };
    }),
  ];
}

/** Bytes of a buffer, or of the part of one that is bound; 0 of anything else. */
function sizeOf(resource: GPUBindingResource): number {
  if (resource instanceof GPUBuffer) return resource.size;
  if (!("buffer" in resource)) return 0;
  return resource.size ?? resource.buffer.size - (resource.offset ?? 0);
}

/** Puts another method in the place of one; gives the way back. */
function wrap<Owner extends object, Name extends keyof Owner>(
  owner: Owner,
  name: Name,
  make: (method: Owner[Name]) => Owner[Name],
): () => void {
  const method = owner[name];
  owner[name] = make(method);
  return () => {
    owner[name] = method;
  };
}
