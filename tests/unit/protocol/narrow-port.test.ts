import * as Comlink from "comlink";
import { afterEach, expect, test } from "vitest";
import { narrowPort } from "../../../src/protocol/narrow-port.ts";

interface Api {
  double(x: unknown): Promise<unknown>;
  fail(): Promise<never>;
}

const api: Api & { secret: string } = {
  secret: "kept",
  double: (x) => Promise.resolve(typeof x === "number" ? 2 * x : typeof x),
  fail: () => Promise.reject(new RangeError("no")),
};
const open: MessagePort[] = [];

/** The raw port of an untrusted side, and what comes back on it. */
function untrusted(methods: readonly string[] = ["double", "fail"]) {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  Comlink.expose(api, narrowPort(port1, methods));
  return port2;
}

/** What the other side answers to a message within 50 ms. */
async function answer(port: MessagePort, message: object): Promise<unknown> {
  return new Promise((resolve) => {
    port.onmessage = ({ data }: MessageEvent) => resolve(data);
    port.postMessage({ id: "1", ...message });
    setTimeout(() => resolve("nothing"), 50);
  });
}

afterEach(() => open.splice(0).forEach((port) => port.close()));

const raw = (value: unknown): object => ({ type: "RAW", value });

test("a named method is called, and what it throws reaches the caller", async () => {
  const remote = Comlink.wrap<Api>(untrusted());
  expect(await remote.double(21)).toBe(42);
  await expect(remote.fail()).rejects.toThrow("no");
});

test.each([
  ["a property that is read", { type: "GET", path: ["secret"] }],
  ["a property that is set", { type: "SET", path: ["secret"], value: raw("lost") }],
  ["the prototype of all objects", { type: "SET", path: ["__proto__", "polluted"], value: raw(true) }],
  [
    "code as text",
    { type: "CONSTRUCT", path: ["double", "constructor"], argumentList: [raw("globalThis.leak = 1")] },
  ],
  ["a method of a method", { type: "APPLY", path: ["double", "call"], argumentList: [raw(null), raw(1)] }],
  ["an inherited method", { type: "APPLY", path: ["toString"], argumentList: [] }],
  ["a path that is no list", { type: "APPLY", path: { 0: "double", length: 1 }, argumentList: [raw(1)] }],
  ["a name that is a list", { type: "APPLY", path: [["double"]], argumentList: [raw(1)] }],
  [
    "an argument that would throw",
    { type: "APPLY", path: ["double"], argumentList: [{ type: "HANDLER", name: "throw", value: {} }] },
  ],
  ["a call without arguments' list", { type: "APPLY", path: ["double"], argumentList: 7 }],
  ["one more endpoint", { type: "ENDPOINT" }],
  ["nothing", null],
])("%s goes unheard", async (_, message) => {
  expect(await answer(untrusted(), message ?? {})).toBe("nothing");
  expect(api.secret).toBe("kept");
  expect("polluted" in {}).toBe(false);
  expect("leak" in globalThis).toBe(false);
});

test("an argument that is a proxy goes unheard, since it would call back", async () => {
  const { port1 } = new MessageChannel();
  const port = untrusted();
  const message = {
    id: "1",
    type: "APPLY",
    path: ["double"],
    argumentList: [{ type: "HANDLER", name: "proxy", value: port1 }],
  };
  let answered = false;
  port.onmessage = () => (answered = true);
  port.postMessage(message, [port1]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(answered).toBe(false);
});

test("an answer that is a proxy goes unheard; plain ones and errors are heard", async () => {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  const remote = Comlink.wrap<{ ask(what: string): unknown }>(narrowPort(port1, []));
  Comlink.expose(
    {
      ask(what: string): unknown {
        if (what === "proxy") return Comlink.proxy(() => 1);
        if (what === "error") throw new TypeError("refused");
        return { plain: true };
      },
    },
    port2,
  );
  const late = new Promise((resolve) => setTimeout(() => resolve("nothing"), 50));
  expect(await Promise.race([remote.ask("proxy"), late])).toBe("nothing");
  expect(await remote.ask("plain")).toEqual({ plain: true });
  await expect(remote.ask("error")).rejects.toThrow("refused");
});
