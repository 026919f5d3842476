import { expect, test } from "@playwright/test";
import { serveApp } from "./fixtures.ts";
import { kernelsText } from "./kernels/bundle.ts";
import type { Family } from "./kernels/page.ts";

test.setTimeout(process.env.FULL ? 900_000 : 240_000);

/** How far from its twin each case of a family may be: singles, added up in another order. */
const tolerances: Readonly<Record<Family, number>> = {
  kMeans: 1e-5,
  kMeansAgain: 0,
  miniBatch: 1e-5,
  miniBatchAll: 1e-5,
  mlp: 1e-4,
  mlpAgain: 0,
  recurrent: 1e-4,
  recurrentAgain: 0,
  bpr: 1e-5,
  bprAgain: 0,
  als: 1e-3,
  alsAgain: 0,
  points: 0,
  pointsAll: 0,
  neighbours: 0,
  neighboursAll: 0,
  rowProducts: 2e-6,
  rowProductsAgain: 0,
  logistic: 1e-5,
  logisticAgain: 0,
  estimators: 0,
  lost: 0,
  lostForGood: 1e-4,
  limits: 0,
  memory: 0,
  callbacks: 0,
};

/** Families of many shapes, which take long on a software adapter. */
const slow: readonly string[] = ["miniBatchAll", "pointsAll", "neighboursAll"] satisfies readonly Family[];

let site: Awaited<ReturnType<typeof serveApp>>;

test.beforeAll(async () => {
  site = await serveApp();
});

test.afterAll(() => site.close());

for (const [family, tolerance] of Object.entries(tolerances))
  test(`the WGSL kernels agree with their twins: ${family}`, async ({ page }) => {
    test.skip(slow.includes(family) && !process.env.FULL, "left to npm run test:full");
    const text = await kernelsText();
    const blank = `${site.url}kernels.html`;
    await page.route(blank, (route) =>
      route.fulfill({
        contentType: "text/html",
        body: `<!doctype html><meta charset="utf-8"><script type="module">${text.replaceAll("</script", "<\\/script")}</script>`,
      }),
    );
    await page.goto(blank);
    await page.waitForFunction(() => "kernels" in globalThis);
    const gaps = await page.evaluate(
      ([family, full]) =>
        (globalThis as unknown as { kernels: Record<string, (full: boolean) => Promise<[string, number][]>> })
          .kernels[family]!(full),
      [family, Boolean(process.env.FULL)] as const,
    );
    expect(gaps.length).toBeGreaterThan(0);
    for (const [name, gap] of gaps) expect(gap, name).toBeLessThanOrEqual(tolerance);
  });
