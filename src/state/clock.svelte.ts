import { createSubscriber } from "svelte/reactivity";

/** The time now, in milliseconds since 1970, for those who watch it; it ticks only while someone does. */
export class Clock {
  readonly #watch: () => void;

  constructor(every: number) {
    this.#watch = createSubscriber((update) => {
      const timer = setInterval(update, every);
      return () => clearInterval(timer);
    });
  }

  get now(): number {
    this.#watch();
    return Date.now();
  }
}
