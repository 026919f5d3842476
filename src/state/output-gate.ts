import { isOutput } from "../protocol/check.ts";
import { streamKey, type Output } from "../protocol/output.ts";

const mostOutputs = 2000;
const mostBytes = 512 * 1024 * 1024;

/** Lets the outputs of one run through: well-formed ones, as many as a page can hold. A kernel can send anything, at any pace. */
export class OutputGate {
  readonly #sizes = new Map<string, number>();
  readonly #reasons = new Set<string>();
  #bytes = 0;

  constructor(
    private readonly cell: string,
    private readonly onoutput: (cell: string, output: Output) => void,
  ) {}

  /** Passes on an output of the cell that runs, or says once why such ones are missing. */
  show(cell: unknown, output: unknown): void {
    if (cell !== this.cell) return;
    if (!isOutput(output)) return this.#leaveOut("an output that is no MIME bundle was left out");
    const before = this.#sizes.get(output.id);
    if (before === undefined && this.#sizes.size >= mostOutputs)
      return this.#leaveOut(`outputs after the first ${mostOutputs} were left out`);
    const size = sizeOf(output);
    if (this.#bytes - (before ?? 0) + size > mostBytes)
      return this.#leaveOut("an output was left out: those of this cell take up more than 512 MB");
    this.#sizes.set(output.id, size);
    this.#bytes += size - (before ?? 0);
    this.onoutput(this.cell, output);
  }

  #leaveOut(reason: string): void {
    if (this.#reasons.has(reason)) return;
    this.#reasons.add(reason);
    this.onoutput(this.cell, {
      id: `left-out-${this.#reasons.size}`,
      data: { "text/plain": `${reason}\n` },
      metadata: { [streamKey]: "stderr" },
      buffers: [],
    });
  }
}

function sizeOf({ data, buffers }: Output): number {
  const texts = Object.values(data).map((value) => (typeof value === "string" ? value.length : 0));
  return [...texts, ...buffers.map(({ byteLength }) => byteLength)].reduce((sum, size) => sum + size, 0);
}
