const ways = [
  "fetch",
  "XMLHttpRequest",
  "WebSocket",
  "EventSource",
  "WebTransport",
  "importScripts",
  "Worker",
  "WebSocketStream",
];

/** Takes every way to reach the network from this worker, for good. */
export function closeNetwork(): void {
  for (const way of ways)
    Object.defineProperty(globalThis, way, { value: undefined, writable: false, configurable: false });
}
