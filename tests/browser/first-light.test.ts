import { shellText } from "../../src/text/shell.ts";
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
    });

    test("Shift+Enter runs the first cell without a click before it", async ({ book: { page } }) => {
      await page.keyboard.press("Shift+Enter");
      const outputs = page.getByLabel(/^(Output of cell|单元格 \d+ 的输出)/).first();
      await expect(outputs).toContainText("shop.customers");
    });
  });

test("who switches the language is offered the lesson in it", async ({ book, page }) => {
  const zh = shellText["zh-CN"];
  await book.command(`${shellText.en.language}: ${zh.chinese}`);
  await expect(page.getByText(zh.lessonToo)).toBeVisible();
  await page.getByRole("button", { name: zh.openIt, exact: true }).click();
  await expect(page.getByLabel(zh.titleLabel)).toHaveText("初探流失");
});
