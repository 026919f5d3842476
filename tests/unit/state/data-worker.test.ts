import * as Comlink from "comlink";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DataWorker } from "../../../src/state/data-worker.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Workers that answer until they are made silent. */
function workersOf() {
  const ports: MessagePort[] = [];
  const ended: number[] = [];
  let deaths = 0;
  const worker = new DataWorker(
    () => {
      const { port1, port2 } = new MessageChannel();
      const number = ports.push(port1);
      Comlink.expose({ ping: () => undefined, tables: () => [number] }, port1);
      return Object.assign(port2, { terminate: () => void ended.push(number) }) as unknown as Worker;
    },
    () => Promise.resolve(),
    () => deaths++,
  );
  return { worker, ports, ended, deaths: () => deaths };
}

/** Lets a minute go by, and every message arrive. */
async function minute(): Promise<void> {
  for (let i = 0; i < 30; i++) {
    vi.advanceTimersByTime(2000);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

test("a worker that answers is left alone", async () => {
  const { worker, ended } = workersOf();
  expect(await worker.ask((engine) => engine.tables("n"))).toEqual([1]);
  await minute();
  expect(await worker.ask((engine) => engine.tables("n"))).toEqual([1]);
  expect(ended).toEqual([]);
});

test("whoever waits for a worker that died is told, and the next question goes to a new one", async () => {
  const { worker, ports, ended, deaths } = workersOf();
  await worker.ask((engine) => engine.tables("n"));
  ports[0]!.close();
  const asked = worker.ask((engine) => engine.tables("n"));
  const answer = expect(asked).rejects.toThrow("the database stopped answering");
  await minute();
  await answer;
  expect([ended, deaths(), worker.started]).toEqual([[1], 1, false]);
  expect(await worker.ask((engine) => engine.tables("n"))).toEqual([2]);
});

test("a worker that does not start is tried again", async () => {
  let broken = true;
  const worker = new DataWorker(
    () => {
      const { port1, port2 } = new MessageChannel();
      Comlink.expose({ tables: () => [] }, port1);
      const started = Object.assign(port2, { terminate: () => port2.close() }) as unknown as Worker;
      if (broken)
        setTimeout(() => {
          started.onerror!({ message: "offline" } as ErrorEvent);
        });
      return started;
    },
    () => (broken ? new Promise<never>(() => undefined) : Promise.resolve()),
    () => undefined,
  );
  await expect(worker.ask((engine) => engine.tables("n"))).rejects.toThrow("offline");
  broken = false;
  expect(await worker.ask((engine) => engine.tables("n"))).toEqual([]);
});
