import type { Locator } from "@playwright/test";
import { shellText } from "../../src/text/shell.ts";
import { speedText } from "../../src/text/speed.ts";
import { fill } from "../../src/text/text.ts";
import type { Book } from "./book.ts";
import { expect, test } from "./fixtures.ts";

const t = speedText.en;

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

/** Opens the measurements from the status bar, with k-means at its smallest chosen. */
async function openTiny({ page, statusBar }: Book): Promise<Locator> {
  const device = statusBar.getByRole("button", { name: t.title });
  // The reason too, which a narrow bar has no room for.
  await expect(device).toHaveAttribute(
    "title",
    `CPU (SIMD) · ${shellText.en["reason-fallback-adapter"]}\n${t.title}`,
  );
  await device.click();
  const panel = page.getByRole("dialog", { name: t.title });
  const models = panel.getByRole("group", { name: t.models }).getByRole("checkbox");
  await expect(models.first()).toBeVisible();
  for (const model of (await models.all()).slice(1)) await model.uncheck();
  await panel.getByRole("radio", { name: t["size-tiny"] }).check();
  return panel;
}

test("a case is measured by every runner, copied, and shown elsewhere, and the notebook keeps its variables", async ({
  book,
  page,
  site,
}) => {
  expect(await book.run("const kept = { runs: 0 }", "++kept.runs")).toBe("1");
  const notebook = new URL(page.url()).hash;
  const panel = await openTiny(book);
  expect(new URL(page.url()).hash).toBe("#speed");
  await panel.getByRole("button", { name: t.run }).click();
  await expect(panel.getByRole("status")).toHaveText(fill(t.ended, { measured: 4, failed: 0 }));
  await expect(panel.getByRole("button", { name: t.run })).toBeFocused();
  const row = panel.getByRole("row", { name: /k-means/ });
  await expect(row.getByRole("cell")).toHaveText([/(s|ms|µs).*GPU call/, /GPU call/, /inertia/, /inertia/]);

  await panel.getByRole("button", { name: t.copyMarkdown }).click();
  const markdown = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(markdown).toContain("| k-means | tiny: 2,000 × 8, k = 4 |");
  await panel.getByRole("button", { name: t.copyLink }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toContain("#speed=");
  const link = await copied();

  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  expect(new URL(page.url()).hash).toBe(notebook);
  await book.codeCell(2).focus();
  await page.keyboard.press("Control+Enter");
  await expect(book.outputs(2)).toHaveText("2");

  const other = await page.context().newPage();
  await other.goto(new URL(new URL(link).hash, site.url).href);
  const shown = other.getByRole("dialog", { name: t.title });
  await expect(
    shown
      .getByRole("row", { name: /k-means/ })
      .getByRole("cell")
      .first(),
  ).toContainText(/GPU call/);
  await expect(shown.getByRole("button", { name: t.run })).toHaveCount(0);
});

test("a link with broken measurements says so, and offers to measure here", async ({ book, page, site }) => {
  await page.goto(`${site.url}#speed=AAAA`);
  const panel = page.getByRole("dialog", { name: t.title });
  await expect(panel.getByRole("alert")).toContainText(t.linkBroken);
  await panel.getByRole("button", { name: t.measureHere }).click();
  await expect(panel.getByRole("group", { name: t.models })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(book.button("runAll")).toBeVisible();
  expect(new URL(page.url()).hash).toMatch(/^#open=/);
});
