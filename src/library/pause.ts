import { pacer as pacerOf } from "../core/pause.ts";
import { session } from "./session.ts";

/** A function to await between pieces of work: it lets messages in once 20 ms have passed, and rejects with an AbortError where the cell was stopped. */
export function pacer(): () => Promise<void> {
  const signal = session()?.signal;
  const rest = pacerOf(20);
  return async () => {
    await rest();
    signal?.throwIfAborted();
  };
}
