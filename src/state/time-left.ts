import type { ImportProgress } from "../protocol/import.ts";

const firstWord = 1500;

/** How long an import still takes, told by how fast its bytes have gone so far. */
export class TimeLeft {
  #start: { readonly at: number; readonly done: number } | null = null;

  /** Seconds left after this progress at this time in ms; null while too little has gone to tell. */
  after({ phase, done, total }: ImportProgress, now: number): number | null {
    if (phase !== "importing") return null;
    this.#start ??= { at: now, done };
    const gone = now - this.#start.at;
    const read = done - this.#start.done;
    return gone < firstWord || read <= 0 ? null : ((total - done) * gone) / read / 1000;
  }
}
