import type { Dispatch, Gpu } from "./gpu.ts";

/** Steps of a submit: enough to keep the device at work, few enough that Stop is heard. */
const slots = 64;

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

  constructor(private readonly gpu: Gpu) {
    this.#buffer = gpu.uniforms(slots * stride);
    this.#bytes = new ArrayBuffer(slots * stride);
  }

  /** What binds the values of one slot. */
  binding(slot: number): GPUBufferBinding {
    return { buffer: this.#buffer, offset: slot * stride, size: stride };
  }

  /** Makes something for each slot from what binds its values: once, so that a step binds nothing. */
  each<T>(make: (step: GPUBufferBinding) => T): T[] {
    return Array.from({ length: slots }, (_, slot) => make(this.binding(slot)));
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

/** Runs steps in pieces, each one submit; false where `breathe` said so. */
export async function runSteps(
  gpu: Gpu,
  steps: Steps,
  all: readonly StepValues[],
  dispatches: (slot: number) => readonly Dispatch[],
  breathe: () => Promise<boolean>,
): Promise<boolean> {
  let earlier: Promise<unknown> = Promise.resolve();
  for (let from = 0; from < all.length; from += slots) {
    const some = all.slice(from, from + slots);
    steps.write(some);
    gpu.submit(some.flatMap((_, slot) => dispatches(slot)));
    const done = gpu.done();
    // Whoever reads results next hears of a device that is lost.
    done.catch(() => undefined);
    // One submit runs while the next is made ready, and no more wait than that.
    await earlier;
    earlier = done;
    if (!(await breathe())) return false;
  }
  return true;
}
