import * as Comlink from "comlink";
import { beforeEach, expect, test, vi } from "vitest";
import type { RunRequest } from "../../../src/protocol/kernel.ts";
import { KernelClient } from "../../../src/state/kernel.svelte.ts";

/** Sandboxes whose kernels are made here: they answer as `kernels` says, in the order of their starts. */
const { kernels, removed } = vi.hoisted(() => ({ kernels: [] as object[], removed: { count: 0 } }));

vi.mock("../../../src/state/sandbox.ts", () => ({
  Sandbox: class {
    async start(page: MessagePort): Promise<void> {
      const kernel = kernels.shift();
      if (!kernel) return new Promise(() => undefined);
      Comlink.expose(kernel, page);
    }
    remove(): void {
      removed.count++;
    }
  },
}));

const alive = { ping: () => true, device: () => null, interrupt: () => undefined };
const request: RunRequest = { cell: "a", code: "", inputs: [], outputs: [] };
const client = (): KernelClient =>
  new KernelClient(
    async () => undefined,
    () => undefined,
  );

beforeEach(() => {
  kernels.length = 0;
  removed.count = 0;
});

test("a run that waits for the kernel ends when the kernel is closed", async () => {
  const kernel = client();
  const run = kernel.run(request);
  kernel.close();
  expect(await run).toMatchObject({ state: "stopped" });
  expect(kernel.status.state).toBe("off");
  expect(removed.count).toBe(1);
});

test("a restart during a start gives one kernel, and runs go to it", async () => {
  const kernel = client();
  const first = kernel.start();
  kernels.push({ ...alive, run: () => ({ state: "done", seconds: 1, device: null }) });
  await kernel.restart();
  await first;
  expect(kernel.status.state).toBe("idle");
  expect(await kernel.run(request)).toMatchObject({ state: "done" });
  kernel.close();
});

test("a run while the kernel starts can be stopped", async () => {
  const kernel = client();
  const run = kernel.run(request);
  kernels.push(alive, alive);
  await kernel.stop();
  expect(await run).toMatchObject({ state: "stopped" });
  kernel.close();
});

test("an end of a run that is malformed is a failure of the cell", async () => {
  const kernel = client();
  kernels.push({ ...alive, run: () => ({ state: "failed", seconds: 1, error: { frames: 7 } }) });
  expect(await kernel.run(request)).toMatchObject({
    state: "failed",
    error: { name: "TypeError", frames: [] },
  });
  expect(kernel.status.state).toBe("idle");
  kernel.close();
});

test("a database that does not open fails the cell that runs, with its reason", async () => {
  let fail: (error: Error) => void = () => undefined;
  const kernel = new KernelClient(
    () => new Promise((_, reject) => (fail = reject)),
    () => undefined,
  );
  const run = kernel.run(request);
  fail(new Error("no memory"));
  expect(await run).toMatchObject({ state: "failed", error: { message: "no memory" } });
  expect(kernel.status).toEqual({ state: "failed", message: "no memory" });
});
