import type * as Comlink from "comlink";
import type { DataEngine } from "../../../src/protocol/data.ts";
import type { Ask } from "../../../src/state/ask.ts";

/** Asks this object in place of the data worker. */
export function askOf(engine: Partial<Record<keyof DataEngine, unknown>>): Ask {
  return (question) => question(engine as unknown as Comlink.Remote<DataEngine>, "n");
}

/** A promise that is kept from outside. */
export function later<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}
