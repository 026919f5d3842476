import { shellText } from "../../src/text/shell.ts";
import { codeCells } from "./book.ts";
import { expect, test } from "./fixtures.ts";

test.setTimeout(180_000);

for (const { locale, title, curves } of [
  { locale: "en-US", title: "First light", curves: /Customers still here/ },
  { locale: "zh-CN", title: "初探流失", curves: /顾客留存/ },
])
  test.describe(locale, () => {
    test.use({ locale });

    test("the first visit opens the first notebook, and it runs to its end", async ({ book, page }) => {
      await expect(page.getByLabel(shellText[book.language].titleLabel)).toHaveText(title);
      expect(await book.runAll()).toBeNull();
      const texts = await book.texts();
      expect(
        texts.every((text) => text !== ""),
        "every code cell shows something",
      ).toBe(true);
      await expect(page.getByRole("img", { name: /ROC/ }).first()).toBeAttached();
      await expect(page.getByRole("img", { name: curves }).first()).toBeAttached();
      await page.setViewportSize({ width: 1440, height: 360 });
      const beyond = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
      expect(beyond, "only the panes scroll, not the page").toBe(0);
    });

    test("Shift+Enter runs the first cell without a click before it", async ({ book: { page } }) => {
      test.skip(locale !== "en-US" && !process.env.FULL, "left to npm run test:full");
      await page.keyboard.press("Shift+Enter");
      const outputs = page.getByLabel(/^(Output of cell|单元格 \d+ 的输出)/).first();
      await expect(outputs).toContainText("shop.customers");
    });
  });

test("what a cell shows is brought into sight, unless the person has scrolled meanwhile", async ({
  book,
  page,
}) => {
  const tall = `${"// a long source\n".repeat(30)}await new Promise((done) => setTimeout(done, 700));
console.log(Array.from({ length: 60 }, (_, line) => line).join("\\n"));`;
  await book.open(codeCells(tall, "2", tall, "4"));
  await page.keyboard.press("Shift+Enter");
  await expect(book.outputs(1)).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.press("Shift+Enter");
  await page.mouse.move(700, 400);
  await page.mouse.wheel(0, -5000);
  await expect(book.outputs(3)).toBeAttached();
  await page.waitForTimeout(200);
  expect(await page.locator("main").evaluate(({ scrollTop }) => scrollTop)).toBe(0);
});
