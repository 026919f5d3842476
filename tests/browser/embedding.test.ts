import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { viewTexts } from "../../src/text/views.ts";
import { codeCells, type Book } from "./book.ts";
import { expect, test } from "./fixtures.ts";

test.setTimeout(180_000);

/** A cell that defines `map(n, shift)`: n points in five clouds, each with its name. */
const makeMap = `import { embedding, Matrix } from "cohortbook";
const words = ["Month-to-month", "One year", "Two year", "Prepaid", "Trial"];
const map = (n, shift = 0) => {
  let state = 1;
  const random = () => (state = (state * 16807) % 2147483647) / 2147483647;
  const noise = () => random() + random() + random() - 1.5;
  const data = new Float32Array(2 * n);
  for (let i = 0; i < n; i++) {
    data[2 * i] = 4 * Math.cos((2 * Math.PI * (i % 5)) / 5) + noise() + shift;
    data[2 * i + 1] = 3 * Math.sin((2 * Math.PI * (i % 5)) / 5) + noise();
  }
  return embedding(new Matrix(data, n, 2), {
    title: "Customers by contract",
    color: Array.from({ length: n }, (_, i) => words[i % 5]),
    colorName: "contract",
    label: Array.from({ length: n }, (_, i) => "customer " + i),
    centres: words.map((_, k) => [4 * Math.cos((2 * Math.PI * k) / 5) + shift, 3 * Math.sin((2 * Math.PI * k) / 5)]),
  });
};`;

const field = (page: Page): Locator => page.getByRole("application");
const reset = (page: Page, texts = viewTexts.en): Locator =>
  page.getByRole("button", { name: texts.resetMap });

/** The map of n points on the page, drawn to the end. */
async function show(book: Book, source: string): Promise<void> {
  await book.open(codeCells(makeMap, source));
  expect(await book.runAll()).toBeNull();
  await expect(field(book.page)).toBeVisible();
  await expect.poll(() => inkOf(book.page)).toBeGreaterThan(100);
}

/** One event of a trace of Chromium: `tdur` is processor time in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** The longest task on the page's own thread while `act` goes on, in milliseconds of processor time: other work on the machine does not count. */
async function longestTask(page: Page, act: () => Promise<void>): Promise<number> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ["toplevel"] });
  await act();
  const trace = (await browser.stopTracing()).toString();
  const { traceEvents: events } = JSON.parse(trace) as { traceEvents: readonly TraceEvent[] };
  const thread = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const pages = events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  const own = new Set(pages.map(thread));
  const tasks = events.filter((event) => own.has(thread(event)) && event.name.endsWith("RunTask"));
  expect(tasks.length, "tasks in the trace").toBeGreaterThan(10);
  return Math.round(Math.max(...tasks.map(({ tdur }) => tdur ?? 0)) / 1000);
}

/** How many pixels of the canvas are not empty. */
async function inkOf(page: Page): Promise<number> {
  return page.locator("figure canvas").evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    return data.reduce((sum, value, i) => sum + (i % 4 === 3 && value > 0 ? 1 : 0), 0);
  });
}

/** Where clouds lie on the canvas: the mean place of its pixels, as shares of its sides. */
async function middleOf(page: Page): Promise<[number, number]> {
  return page.locator("figure canvas").evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, width, height);
    const sums: [number, number, number] = [0, 0, 0];
    for (let p = 0; p < width * height; p++)
      if (data[4 * p + 3]! > 0) {
        sums[0] += (p % width) / width;
        sums[1] += Math.floor(p / width) / height;
        sums[2]++;
      }
    return [sums[0] / sums[2], sums[1] / sums[2]];
  });
}

test("200,000 points are drawn, moved, zoomed and read while the page answers", async ({ book, page }) => {
  test.skip(!process.env.FULL, "left to npm run test:full");
  await book.open(codeCells(makeMap, "map(200_000)"));
  const drawing = await longestTask(page, async () => {
    expect(await book.runAll()).toBeNull();
    await expect(field(page)).toBeVisible();
    await page.waitForTimeout(1500);
  });
  const before = await middleOf(page);
  const box = (await field(page).boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const panning = await longestTask(page, async () => {
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let step = 1; step <= 20; step++) await page.mouse.move(x + 5 * step, y + 2 * step);
    await page.mouse.up();
    await page.waitForTimeout(1000);
  });
  expect((await middleOf(page))[0]).toBeGreaterThan(before[0] + 0.05);
  await expect(reset(page)).toBeEnabled();
  const zooming = await longestTask(page, async () => {
    for (let turn = 0; turn < 5; turn++) await page.mouse.wheel(0, -120);
    for (let step = 0; step < 20; step++) await page.mouse.move(x + 3 * step, y + 2 * step);
    await page.waitForTimeout(1000);
  });
  const figures = `drawing ${drawing} ms, panning ${panning} ms, zooming and reading ${zooming} ms`;
  console.log(`longest task of the page with 200,000 points: ${figures}`);
  // Told, and not held to the 50 ms that are aimed at: a shared machine may stop a task in its middle. A page that stands still fails.
  expect(Math.max(drawing, panning, zooming)).toBeLessThan(1000);
});

test("a point is read by hand and by keys, and spoken", async ({ book, page }) => {
  await show(book, "map(2000)");
  const box = (await field(page).boundingBox())!;
  const ink = page.locator(".above circle").first();
  const centre = (await ink.boundingBox())!;
  await page.mouse.move(centre.x + centre.width / 2, centre.y + centre.height / 2);
  await expect(page.getByText("centre 0", { exact: true })).toBeVisible();
  await page.mouse.move(centre.x + centre.width / 2 + 25, centre.y + centre.height / 2);
  await expect(page.getByText(/^customer \d+$/)).toBeVisible();
  await page.mouse.move(box.x + 2, box.y + box.height - 2);
  await expect(page.getByText(/^customer \d+$/)).toHaveCount(0);

  await field(page).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("status").filter({ hasText: /^customer \d+: contract/ })).toHaveCount(1);
  const first = await page
    .getByRole("status")
    .filter({ hasText: /customer/ })
    .textContent();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("status").filter({ hasText: /customer/ })).not.toHaveText(first!);
  await page.keyboard.press("Escape");
  await expect(page.getByText(/^customer \d+$/)).toHaveCount(0);
});

test("keys and buttons zoom, and Reset shows all again", async ({ book, page }) => {
  await show(book, "map(2000)");
  const whole = await inkOf(page);
  await field(page).focus();
  await expect(reset(page)).toBeDisabled();
  for (let i = 0; i < 5; i++) await page.keyboard.press("+");
  await expect.poll(() => inkOf(page)).not.toBe(whole);
  await page.keyboard.press("-");
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(reset(page)).toBeEnabled();
  await page.keyboard.press("0");
  await expect(reset(page)).toBeDisabled();
  await expect.poll(() => inkOf(page)).toBe(whole);
  await page.getByRole("button", { name: viewTexts.en.zoomIn }).click();
  await expect(reset(page)).toBeEnabled();
  await reset(page).click();
  await expect.poll(() => inkOf(page)).toBe(whole);
});

test("the wheel scrolls the page until the map has the focus", async ({ book, page }) => {
  await show(book, "map(500)");
  const box = (await field(page).boundingBox())!;
  await page.mouse.move(box.x + 50, box.y + 50);
  await page.mouse.wheel(0, 60);
  await expect(reset(page)).toBeDisabled();
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -60);
  await page.keyboard.up("Control");
  await expect(reset(page)).toBeEnabled();
});

test("a category is isolated by keyboard, and both pictures show what is seen", async ({ book, page }) => {
  await show(book, "map(20_000)");
  const entry = page.getByRole("button", { name: "Prepaid: 4,000 points" });
  await entry.focus();
  await page.keyboard.press("Enter");
  await expect(entry).toHaveAttribute("aria-pressed", "true");
  const { svg, png } = await savedPictures(page);
  expect(svg).toContain("<title>Customers by contract</title>");
  expect(svg).toMatch(/<image [^>]*href="data:image\/png;base64,/);
  expect(svg.length).toBeLessThan(300_000);
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect(png.readUInt32BE(16)).toBeGreaterThan(1000);
  await entry.focus();
  await page.keyboard.press("Space");
  await expect(entry).toHaveAttribute("aria-pressed", "false");
});

test("a map that is shown again in place keeps the person's zoom and category", async ({ book, page }) => {
  await book.open(
    codeCells(
      makeMap,
      `for (let i = 0; i < 40; i++) {
  display(map(2000, i / 40), { id: "map" });
  await new Promise((resolve) => setTimeout(resolve, 150));
}`,
    ),
  );
  const run = book.runAll();
  await expect(field(page)).toBeVisible();
  await page.getByRole("button", { name: viewTexts.en.zoomIn }).click();
  const entry = page.getByRole("button", { name: "Trial: 400 points" });
  await entry.click();
  const place = async (): Promise<number> => (await page.locator(".above circle").last().boundingBox())!.x;
  const before = await place();
  expect(await run).toBeNull();
  await expect(reset(page)).toBeEnabled();
  await expect(entry).toHaveAttribute("aria-pressed", "true");
  // The frame stays where it was, so the centres walk across it.
  expect(await place()).toBeGreaterThan(before + 10);
});

for (const { locale, colorScheme, width, height, always } of [
  { locale: "en-US", colorScheme: "light", width: 1440, height: 900, always: false },
  { locale: "en-US", colorScheme: "dark", width: 390, height: 844, always: true },
  { locale: "zh-CN", colorScheme: "light", width: 390, height: 844, always: false },
] as const)
  test.describe(`${locale}, ${colorScheme}, ${width} px`, () => {
    test.use({ locale, colorScheme, viewport: { width, height } });

    test("a map has nothing that axe reports, and does not widen the page", async ({ book, page }) => {
      test.skip(!always && !process.env.FULL, "left to npm run test:full");
      await show(book, "map(3000)");
      await field(page).focus();
      await page.keyboard.press("ArrowRight");
      await page
        .getByRole("group", { name: viewTexts[book.language].colourLegend })
        .getByRole("button")
        .first()
        .click();
      await page.waitForTimeout(400);
      const { violations } = await new AxeBuilder({ page })
        .exclude("iframe")
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
        .analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`),
      ).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
    });
  });

async function savedPictures(page: Page): Promise<{ svg: string; png: Buffer }> {
  const saved = async (name: string): Promise<Buffer> => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name }).click(),
    ]);
    return readFile(await download.path());
  };
  return {
    svg: (await saved(viewTexts.en.saveSvg)).toString("utf8"),
    png: await saved(viewTexts.en.savePng),
  };
}
