import type { Gpu } from "./gpu.ts";

/** What the kernels of one step are told; whole numbers first, as the struct has them. */
export interface StepValues {
  readonly whole: readonly number[];
  readonly singles: readonly number[];
}

/** Bytes between the values of two steps: what every device allows as the offset of a uniform. */
const stride = 256;

/** A uniform buffer with the values of several steps, so that all of them go into one submit. */
export class Steps {
  readonly #buffer: GPUBuffer;
  readonly #bytes: ArrayBuffer;

  /** slots: steps of a submit. */
  constructor(
    private readonly gpu: Gpu,
    readonly slots: number,
  ) {
    this.#buffer = gpu.uniforms(slots * stride);
    this.#bytes = new ArrayBuffer(slots * stride);
  }

  /** What binds the values of one slot. */
  binding(slot: number): GPUBufferBinding {
    return { buffer: this.#buffer, offset: slot * stride, size: stride };
  }

  /** Sets the values of the first slots: before the submit that reads them, since it takes its turn among submits. */
  write(steps: readonly StepValues[]): void {
    const view = new DataView(this.#bytes);
    for (const [slot, { whole, singles }] of steps.entries()) {
      const at = slot * stride;
      for (const [i, value] of whole.entries()) view.setUint32(at + i * 4, value, true);
      for (const [i, value] of singles.entries()) view.setFloat32(at + (whole.length + i) * 4, value, true);
    }
    this.gpu.write(this.#buffer, new Uint32Array(this.#bytes, 0, (steps.length * stride) / 4));
  }
}
