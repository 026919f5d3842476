import type { Endpoint } from "comlink";

/**
 * A port whose other end is untrusted, as Comlink may listen to it: only calls of the named methods and answers get through, both of
 * plain data. Comlink itself would follow any path (`query.constructor` is a way to run code here) and set any property.
 */
export function narrowPort(port: MessagePort, methods: readonly string[]): Endpoint {
  const heard = new Map<unknown, (event: Event) => void>();
  return {
    postMessage: (message: unknown, transfer: Transferable[] = []) => port.postMessage(message, transfer),
    addEventListener(type, listener) {
      const call = typeof listener === "function" ? listener : listener.handleEvent.bind(listener);
      const filtered = (event: Event): void => {
        if (isCall((event as MessageEvent).data, methods) || isAnswer((event as MessageEvent).data))
          call(event);
      };
      heard.set(listener, filtered);
      port.addEventListener(type, filtered);
    },
    removeEventListener(type, listener) {
      const filtered = heard.get(listener);
      if (filtered) port.removeEventListener(type, filtered);
    },
    start: () => port.start(),
  };
}

type Message = { readonly [key: string]: unknown };

function isCall(message: unknown, methods: readonly string[]): boolean {
  if (!isMessage(message) || message.type !== "APPLY") return false;
  const { path, argumentList } = message;
  return (
    Array.isArray(path) &&
    path.length === 1 &&
    methods.includes(path[0] as string) &&
    Array.isArray(argumentList) &&
    argumentList.every(isRaw)
  );
}

/** A value, or what was thrown; but no proxy, which would call back. */
function isAnswer(message: unknown): boolean {
  if (!isMessage(message) || "path" in message || "argumentList" in message) return false;
  return (
    isRaw(message) || (message.type === "HANDLER" && message.name === "throw" && isMessage(message.value))
  );
}

function isRaw(value: unknown): boolean {
  return isMessage(value) && value.type === "RAW";
}

function isMessage(value: unknown): value is Message {
  return typeof value === "object" && value !== null;
}
