import { viewTexts } from "../../src/text/views.ts";
import { codeCells } from "./book.ts";
import { expect, test } from "./fixtures.ts";

test("a map moves while a model trains, and keeps the person's zoom", async ({ book, page }) => {
  await book.open(
    codeCells(`import { KMeans, liveEmbedding } from "cohortbook";
let state = 1;
const random = () => (state = (state * 16807) % 2147483647) / 2147483647;
const points = Array.from({ length: 600 }, () => [random(), random(), 0.1 * random()]);
const map = liveEmbedding(points, {
  color: ({ labels }) => labels,
  centres: ({ clusterCenters }) => clusterCenters,
  pace: 1e-6,
});
const heldTwice = async (told) => {
  const released = new Promise((resolve) => (globalThis.goOn = resolve));
  await map(told);
  if (told.iteration < 2) await released;
};
const model = new KMeans({ nClusters: 6, init: "random", nInit: 1, maxIter: 12, tol: 0 });
await model.fit(points, { callback: Object.assign(heldTwice, map) });`),
  );
  const reset = page.getByRole("button", { name: viewTexts.en.resetMap });
  const run = book.runAll();
  await expect(page.getByRole("application")).toBeVisible();
  await page.getByRole("button", { name: viewTexts.en.zoomIn }).click();
  await expect(reset).toBeEnabled();
  const centres = async (): Promise<string> =>
    JSON.stringify(
      await page
        .locator(".above circle")
        .evaluateAll((rings) => rings.map((ring) => [ring.getAttribute("cx"), ring.getAttribute("cy")])),
    );
  const kernel = page.workers().find((worker) => worker.url().startsWith("data:"))!;
  const first = await centres();
  await kernel.evaluate("goOn()");
  await expect.poll(centres, "the fit is held again, one step on").not.toBe(first);
  const second = await centres();
  await kernel.evaluate("goOn()");
  expect(await run).toBeNull();
  await expect.poll(centres).not.toBe(second);
  await expect(reset).toBeEnabled();
});
