/** A port as Node has it too: there, one that listens keeps the process alive unless it is told not to. */
type Port = MessagePort & { ref?(): void; unref?(): void };

const waiting: (() => void)[] = [];
let ports: { readonly from: Port; readonly to: Port } | null = null;

/** Calls back once messages, timers and other work in line have had their turn: soon, even in a hidden tab. */
export function whenFree(call: () => void): void {
  ports ??= openPorts();
  waiting.push(call);
  ports.to.ref?.();
  ports.from.postMessage(null);
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

function openPorts(): { readonly from: Port; readonly to: Port } {
  const { port1: from, port2: to } = new MessageChannel() as { port1: Port; port2: Port };
  to.onmessage = () => {
    waiting.shift()?.();
    if (waiting.length === 0) to.unref?.();
  };
  return { from, to };
}
