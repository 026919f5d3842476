const ways = [
  "fetch",
  "XMLHttpRequest",
  "WebSocket",
  "EventSource",
  "WebTransport",
  "importScripts",
  "Worker",
  "WebSocketStream",
  "caches",
  "indexedDB",
];

/** Takes every way to reach the network and the page's storage from this worker, for good. */
export function closeNetwork(): void {
  for (const way of ways)
    Object.defineProperty(globalThis, way, { value: undefined, writable: false, configurable: false });
}
