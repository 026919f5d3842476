import process from "node:process";
import type { Measured, Runner } from "../../src/specs/speed.ts";
import type { Book } from "./book.ts";
import { expect, test } from "./fixtures.ts";

test.setTimeout(240_000);

/** Most kernel calls of a step. */
const mostCalls = { "k-means": 3, mlp: 2, lstm: 3, gru: 3, bpr: 3 };

/** Those that begin where their twins do, and take the same steps. */
const alike = ["k-means", "mlp", "als"];

function measure(book: Book, id: string, runner: Runner): Promise<Measured> {
  return book.page.evaluate(([id, runner]) => window.cohortbook.measureSpeed(id, runner, "tiny"), [
    id,
    runner,
  ] as const);
}

test("a step on WebGPU takes few kernel calls", async ({ book }) => {
  for (const [id, most] of Object.entries(mostCalls)) {
    const { dispatches } = await measure(book, id, "webgpu");
    expect(dispatches, id).toBeGreaterThan(0);
    expect(dispatches, id).toBeLessThanOrEqual(most);
  }
});

for (const id of alike)
  test(`${id} and its twin in TF.js come to the same figure on either device`, async ({ book }) => {
    test.skip(!process.env.FULL, "left to npm run test:full");
    const ours = await measure(book, id, "wasm");
    for (const runner of ["webgpu", "tfjs-wasm", "tfjs-webgpu"] as const) {
      const { quality } = await measure(book, id, runner);
      expect(quality.name).toBe(ours.quality.name);
      expect(Math.abs(quality.value / ours.quality.value - 1), runner).toBeLessThan(0.01);
    }
  });

test("a case that is not there is refused by name, and the kernel goes on", async ({ book }) => {
  await expect(measure(book, "mean", "wasm")).rejects.toThrow('got "mean"');
  expect(await book.run("1 + 1")).toContain("2");
});
