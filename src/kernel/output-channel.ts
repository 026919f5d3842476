import type { Output } from "../protocol/output.ts";
import { streamKey } from "../protocol/output.ts";
import { inspect } from "./inspect.ts";

// Taken before cells run: what a stopped cell leaves behind is cleared, these are not.
const { setTimeout, clearTimeout } = globalThis;

const flushEvery = 40;
const mostText = 200_000;
const mostOutputs = 1000;

/**
 * Sends the outputs of one run, 1,000 at most: outputs with one id and lines of one stream that come close together are sent once, and a newer
 * one not before the page has shown the last, so that none queue up there.
 */
export class OutputChannel {
  readonly #waiting = new Map<string, Output>();
  #stream: { name: string; id: string; text: string; cut: boolean } | null = null;
  #streams = 0;
  #anonymous = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #open = true;
  /** The outputs of the run so far. */
  readonly #ids = new Set<string>();

  /** Outputs that were sent, and that the page has not shown yet. */
  readonly #underWay = new Set<string>();
  /** Who waits until an output, or a newer one of its id, is shown. */
  readonly #watchers = new Map<string, (() => void)[]>();

  /** `send` may give a promise that is resolved once the page has shown the output. */
  constructor(private readonly send: (output: Output) => unknown) {}

  /** An id for an output that was given none, in the order of showing. */
  nextId(): string {
    return `output-${++this.#anonymous}`;
  }

  /** Shows an output, in place of an earlier one with its id. The promise is resolved once the page has shown it, or a newer one, or never will. */
  async show(output: Output): Promise<void> {
    if (!this.#open || !this.#mayShow(output.id)) return;
    this.#stream = null;
    this.#waiting.set(output.id, output);
    this.#schedule();
    await new Promise<void>((resolve) => {
      this.#watchers.set(output.id, [...(this.#watchers.get(output.id) ?? []), resolve]);
    });
  }

  /** Adds text to the stream of that name; text past 200,000 characters is dropped, and the output says so. */
  write(name: "stdout" | "stderr", text: string): void {
    if (!this.#open) return;
    if (this.#stream?.name !== name)
      this.#stream = { name, id: `${name}-${++this.#streams}`, text: "", cut: false };
    const stream = this.#stream;
    if (stream.cut || !this.#mayShow(stream.id)) return;
    stream.text += text;
    if (stream.text.length > mostText) {
      stream.text = `${stream.text.slice(0, mostText)}\n… cut after ${mostText} characters\n`;
      stream.cut = true;
    }
    this.#waiting.set(stream.id, {
      id: stream.id,
      data: { "text/plain": stream.text },
      metadata: { [streamKey]: name },
      buffers: [],
    });
    this.#schedule();
  }

  /** Sends all that waits. */
  flush(): void {
    this.#flush(() => true);
  }

  /** Sends nothing from here on, and has nobody wait for it. */
  close(): void {
    this.#open = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#waiting.clear();
    for (const shown of [...this.#watchers.values()].flat()) shown();
    this.#watchers.clear();
  }

  /** Whether the run has room for an output of that id; the first that finds none says so. */
  #mayShow(id: string): boolean {
    if (this.#ids.has(id)) return true;
    if (this.#ids.size > mostOutputs) return false;
    this.#ids.add(id);
    if (this.#ids.size <= mostOutputs) return true;
    const text = `… cut after ${mostOutputs} outputs\n`;
    this.#waiting.set("cut", {
      id: "cut",
      data: { "text/plain": text },
      metadata: { [streamKey]: "stderr" },
      buffers: [],
    });
    this.#schedule();
    return false;
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#flush((id) => !this.#underWay.has(id)), flushEvery);
  }

  #flush(isDue: (id: string) => boolean): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const due = [...this.#waiting.values()].filter(({ id }) => isDue(id));
    for (const output of due) {
      this.#waiting.delete(output.id);
      void this.#deliver(output);
    }
  }

  async #deliver(output: Output): Promise<void> {
    const { id } = output;
    const watchers = this.#watchers.get(id) ?? [];
    this.#watchers.delete(id);
    this.#underWay.add(id);
    try {
      await this.send(output);
    } catch (error) {
      // Of the text itself nothing is said, or each failure would send the next.
      if (!(streamKey in output.metadata))
        this.write("stderr", `output "${id}" could not be shown: ${inspect(error)}\n`);
    } finally {
      this.#underWay.delete(id);
      for (const shown of watchers) shown();
      if (this.#waiting.has(id)) this.#schedule();
    }
  }
}
