/** What Node has, and browsers lack: it too takes its turn after messages and timers. */
const { setImmediate }: { setImmediate?: (call: () => void) => unknown } = globalThis as object;

const waiting: (() => void)[] = [];
let channel: MessageChannel | null = null;

/** Calls back once messages, timers and other work in line have had their turn: soon, even in a hidden tab. */
export function whenFree(call: () => void): void {
  // Node hands out a thousand messages of a port before it looks at its timers, so there a channel will not do.
  if (setImmediate) {
    setImmediate(call);
    return;
  }
  if (!channel) {
    channel = new MessageChannel();
    channel.port1.onmessage = () => waiting.shift()?.();
  }
  waiting.push(call);
  channel.port2.postMessage(null);
}

/** Gives the event loop a turn, so that Stop and Ping are heard. */
export function pause(): Promise<void> {
  return new Promise(whenFree);
}

/** A function that gives the event loop a turn if it had none for that many milliseconds, and else returns at once. */
export function pacer(milliseconds: number): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < milliseconds) return;
    await pause();
    last = performance.now();
  };
}
