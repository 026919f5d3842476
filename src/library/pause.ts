import { session } from "./session.ts";

/** Longest stretch of work between two pauses, in milliseconds. */
const stretch = 20;

/** A function to await between pieces of work: it lets messages in once 20 ms have passed, and rejects with an AbortError where the cell was stopped. */
export function pacer(): () => Promise<void> {
  const signal = session()?.signal;
  let since = performance.now();
  return async () => {
    if (performance.now() - since > stretch) {
      await nextTask();
      since = performance.now();
    }
    signal?.throwIfAborted();
  };
}

/** Resolves in a task of its own, without the delay that timers gather. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
