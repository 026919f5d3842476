import { cellsText } from "../../src/text/cells.ts";
import { shellText } from "../../src/text/shell.ts";
import { expect, test } from "./fixtures.ts";

test.setTimeout(180_000);

for (const { locale, title } of [
  { locale: "en-US", title: "First light" },
  { locale: "zh-CN", title: "初探流失" },
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
      await expect(page.getByRole("img", { name: /Kaplan/ }).first()).toBeAttached();
    });

    test("Shift+Enter runs the first cell without a click before it", async ({ book, page }) => {
      await page.keyboard.press("Shift+Enter");
      await expect(page.getByLabel(/^(Output of cell|单元格 \d+ 的输出)/).first()).toBeVisible();
      await expect(page.getByText(cellsText[book.language].failed.split("{")[0]!)).toHaveCount(0);
    });
  });
