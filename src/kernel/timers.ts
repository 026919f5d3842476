/** Keeps track of the timers a run sets, so that stopping it silences its loops too. */
export class Timers {
  readonly #timeouts = new Set<number>();
  readonly #intervals = new Set<number>();

  /** Puts counting versions of `setTimeout` and `setInterval` into `scope`. */
  constructor(scope: typeof globalThis) {
    const { setTimeout, setInterval } = scope;
    const timeouts = this.#timeouts;
    const intervals = this.#intervals;
    scope.setTimeout = ((handler: (...args: unknown[]) => void, delay?: number, ...args: unknown[]) => {
      const id = Number(
        setTimeout(() => {
          timeouts.delete(id);
          handler(...args);
        }, delay),
      );
      timeouts.add(id);
      return id;
    }) as typeof globalThis.setTimeout;
    scope.setInterval = ((handler: (...args: unknown[]) => void, delay?: number, ...args: unknown[]) => {
      const id = Number(setInterval(handler, delay, ...args));
      intervals.add(id);
      return id;
    }) as typeof globalThis.setInterval;
  }

  /** Clears every timer that was set and has not fired. */
  clear(): void {
    for (const id of this.#timeouts) clearTimeout(id);
    for (const id of this.#intervals) clearInterval(id);
    this.#timeouts.clear();
    this.#intervals.clear();
  }
}
