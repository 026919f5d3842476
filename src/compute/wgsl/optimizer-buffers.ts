import type { TrainingState } from "../training-state.ts";
import type { Gpu } from "./gpu.ts";

/** Parameters and the optimizer's running means on the device, and the steps it has taken. */
export class OptimizerBuffers {
  readonly theta: GPUBuffer;
  readonly first: GPUBuffer;
  readonly second: GPUBuffer;
  readonly #best: GPUBuffer;
  readonly #size: number;
  #kept: boolean;
  steps: number;

  /** from: where training goes on; else it begins with `parameters`. */
  constructor(
    private readonly gpu: Gpu,
    parameters: Float32Array,
    from: TrainingState | null = null,
  ) {
    const place = (content: Float32Array | number): GPUBuffer =>
      gpu.buffer(content as Float32Array<ArrayBuffer> | number);
    this.#size = parameters.length;
    this.theta = place(from?.parameters ?? parameters);
    this.first = place(from?.first ?? this.#size);
    this.second = place(from?.second ?? this.#size);
    this.#best = place(from?.best ?? this.#size);
    this.#kept = Boolean(from?.best);
    this.steps = from?.steps ?? 0;
  }

  /** Remembers the parameters as they are. */
  keepBest(): void {
    this.gpu.copy(this.theta, this.#best);
    this.#kept = true;
  }

  /** The parameters last remembered, or the present ones where none were. */
  parameters(): Promise<Float32Array> {
    return this.gpu.readSingles(this.#kept ? this.#best : this.theta, this.#size);
  }

  /** All that the steps to come depend on. */
  async state(): Promise<TrainingState> {
    const { steps } = this;
    const read = (buffer: GPUBuffer): Promise<Float32Array> => this.gpu.readSingles(buffer, this.#size);
    const [parameters, first, second, best] = await Promise.all([
      read(this.theta),
      read(this.first),
      read(this.second),
      this.#kept ? read(this.#best) : null,
    ]);
    return { parameters, first, second, steps, best };
  }
}
