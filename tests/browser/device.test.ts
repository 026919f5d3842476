import type { DeviceInfo } from "../../src/specs/training.ts";
import { viewTexts } from "../../src/text/views.ts";
import type { Book } from "./book.ts";
import { expect, test } from "./fixtures.ts";

test.setTimeout(180_000);

const tiny = `import { MLPClassifier } from "cohortbook";
const X = Array.from({ length: 64 }, (_, i) => [Math.sin(i), Math.cos(3 * i), (i % 7) / 7]);
const y = X.map(([a, b, c]) => (a! * b! + c! > 0.4 ? "yes" : "no"));
const model = await new MLPClassifier({ hiddenLayerSizes: [8, 4], maxIter: 20, batchSize: 16, seed: 3, earlyStopping: false }).fit(X, y);
const proba = await model.predictProba(X);
"probabilities " + JSON.stringify(Array.from(proba.column(1)))`;

async function trainOn(
  book: Book,
  tier: DeviceInfo["tier"],
): Promise<{ device: DeviceInfo; probabilities: number[] }> {
  const device = await book.page.evaluate((tier) => window.cohortbook.device(tier), tier);
  const shown = await book.run(tiny);
  const [, json] = /probabilities (\[.*\])/.exec(shown) ?? [];
  return { device, probabilities: JSON.parse(json ?? "[]") as number[] };
}

test("an MLP trained on WebGPU and on the CPU gives the same probabilities to 1e-3", async ({ book }) => {
  const cpu = await trainOn(book, "wasm");
  expect(cpu.device).toMatchObject({ tier: "wasm", reason: "forced" });
  const gpu = await trainOn(book, "webgpu");
  expect(gpu.device).toMatchObject({ tier: "webgpu", reason: "forced" });
  expect(cpu.probabilities).toHaveLength(64);
  expect(
    Math.max(...cpu.probabilities) - Math.min(...cpu.probabilities),
    "it learned something",
  ).toBeGreaterThan(0.1);
  const gaps = cpu.probabilities.map((p, i) => Math.abs(p - gpu.probabilities[i]!));
  expect(Math.max(...gaps)).toBeLessThan(1e-3);
});

for (const tier of ["wasm", "webgpu"] as const)
  test(`a second fit with the same seed gives the same bits, also after a restart: ${tier}`, async ({
    book,
  }) => {
    test.skip(tier === "webgpu" && !process.env.FULL, "left to npm run test:full");
    const first = await trainOn(book, tier);
    const second = await trainOn(book, tier);
    expect(second.probabilities).toEqual(first.probabilities);
    await book.button("more").click();
    await book.page.getByRole("menuitem", { name: "Restart the kernel" }).click();
    await book.expectIdle();
    const third = await trainOn(book, tier);
    expect(third.probabilities).toEqual(first.probabilities);
  });

test("the status bar names the device and why models train there", async ({ book }) => {
  await book.run(tiny);
  await expect(book.statusBar).toContainText(/CPU \(SIMD\)|WebGPU/);
});

test("a live fit shows its loss, and finished by hand it keeps the weights so far", async ({
  book,
  page,
}) => {
  await book.page.evaluate(() => window.cohortbook.device("wasm"));
  const long = tiny.replace("maxIter: 20", "maxIter: 200000, nIterNoChange: 1000000, tol: 0");
  await book.open(`\`\`\`ts\n${long.replace(/"probabilities.*/, "model.stopped")}\n\`\`\`\n`);
  // The second time the fit has the name of the one that was finished.
  for (let run = 0; run < 2; run++) {
    const ended = book.runAll();
    await expect(page.getByRole("img", { name: /MLPClassifier/ }).first()).toBeVisible();
    await book.outputs(1).getByRole("button", { name: viewTexts.en.stop }).first().click();
    expect(await ended).toBeNull();
    expect((await book.texts())[0]).toContain("true");
  }
});

test("a fit that went well folds into a line; one that diverges says so and folds when it is told to", async ({
  book,
  page,
}) => {
  const fit = (rate: number): string => tiny.replace("batchSize: 16", `learningRateInit: ${rate}`);
  const warning = page.getByRole("img", { name: /a model that has learnt nothing/ });
  const unfold = page.getByRole("button", { name: "MLPClassifier · done" });
  await book.run(fit(1e-3));
  await expect(unfold).toBeVisible();
  await expect(warning).toBeHidden();
  await book.run(fit(1e6));
  await expect(warning).toBeVisible();
  await page.getByRole("button", { name: viewTexts.en.foldShort }).click();
  await expect(warning).toBeHidden();
  await unfold.click();
  await expect(warning).toBeVisible();
});
