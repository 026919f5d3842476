import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { panelText } from "../../src/text/panel.ts";
import { speedText } from "../../src/text/speed.ts";
import { fill } from "../../src/text/text.ts";
import type { Book } from "./book.ts";
import { expect, test } from "./fixtures.ts";

/** A notebook with every kind of output on one page. */
const gallery = `# Gallery

Prose with $x^2$, a [link](https://example.org), and a table:

| a | b |
|---|---|
| 1 | 2 |

\`\`\`ts
import { KaplanMeierFitter, MLPClassifier, Table, plotRocCurve } from "cohortbook";
console.log("printed"); console.warn("warned");
display(md\`**bold** \${1}\`);
Table.from([{ name: "a", n: 1, day: new Date(0) }, { name: null, n: null, day: null }])
\`\`\`

\`\`\`ts
const curve = await new KaplanMeierFitter().fit([1, 2, 3, 4], [1, 0, 1, 1], { label: "everyone" });
curve.plot()
\`\`\`

\`\`\`ts
plotRocCurve({ model: { yTrue: [0, 1, 0, 1], yScore: [0.1, 0.8, 0.4, 0.3] } })
\`\`\`

\`\`\`ts
await new MLPClassifier({ hiddenLayerSizes: [2], maxIter: 2 }).fit([[0], [1], [0], [1]], [0, 1, 0, 1]); "trained"
\`\`\`

\`\`\`sql name=many
select range as n, \${"text"} as t from range(100000000)
\`\`\`

\`\`\`ts
nowhere.toString()
\`\`\`
`;

const looks = [
  { locale: "en-US", colorScheme: "light", width: 1440, height: 900, always: true },
  { locale: "en-US", colorScheme: "dark", width: 1440, height: 900, always: false },
  { locale: "en-US", colorScheme: "light", width: 390, height: 844, always: false },
  { locale: "zh-CN", colorScheme: "dark", width: 390, height: 844, always: true },
  { locale: "zh-CN", colorScheme: "light", width: 1440, height: 900, always: false },
] as const;

for (const { locale, colorScheme, width, height, always } of looks)
  test.describe(`${locale}, ${colorScheme}, ${width} px`, () => {
    test.use({ locale, colorScheme, viewport: { width, height } });

    test("every kind of output has nothing that axe reports", async ({ book, page }) => {
      test.skip(!always && !process.env.FULL, "left to the full tests");
      await book.open(gallery);
      expect(await book.runAll()).toMatchObject({ name: "ReferenceError" });
      await expectAccessible(page, "outputs");
      await expectNoSideScroll(page);
    });

    test("the first visit, menus, keys, commands and tables have nothing that axe reports", async ({
      book,
    }) => {
      const isNarrow = locale === "zh-CN" && width === 390;
      test.skip(!isNarrow && !process.env.FULL, "left to the full tests");
      await expectAccessible(book.page, "first visit");
      await openEach(book);
    });

    test("the measurements of the machine have nothing that axe reports", async ({ book, context }) => {
      test.skip(!process.env.FULL, "left to the full tests");
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await openSpeed(book);
    });
  });

/** The measurements of this machine before, while and after they are made; those of a link, and a link that is broken. */
async function openSpeed({ page, language, statusBar }: Book): Promise<void> {
  const t = speedText[language];
  await statusBar.getByRole("button", { name: t.title }).click();
  const panel = page.getByRole("dialog", { name: t.title });
  const models = panel.getByRole("group", { name: t.models }).getByRole("checkbox");
  await expect(models.first()).toBeVisible();
  await expectAccessible(page, "measurements to be made");
  for (const model of (await models.all()).slice(1)) await model.uncheck();
  await panel.getByRole("radio", { name: t["size-tiny"], exact: true }).check();
  await panel.getByRole("button", { name: t.run }).click();
  await expect(panel.getByRole("row")).toHaveCount(2);
  await expectAccessible(page, "measurements under way");
  await expect(panel.getByRole("button", { name: t.run })).toBeVisible();
  await expectAccessible(page, "measurements");
  await panel.getByRole("button", { name: t.copyLink }).click();
  await expect(page.getByText(t.linkCopied)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
  await expect(panel.getByText(t.shared)).toBeVisible();
  await expectAccessible(page, "measurements from a link");
  await page.evaluate(() => (location.hash = "#speed=AAAA"));
  await expect(panel.getByRole("alert")).toBeVisible();
  await expectAccessible(page, "a broken link");
  await expectNoSideScroll(page);
}

async function openEach(book: Book): Promise<void> {
  const { page } = book;
  await book.button("more").click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expectAccessible(page, "menu");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page, "commands");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page, "keys");
  await page.keyboard.press("Escape");

  await book.importFile("tiny", { name: "tiny.csv", buffer: Buffer.from("a,b\n1,x\n2,y\n") });
  const table = page.getByRole("button", { name: /^tiny / });
  const isNarrow = page.viewportSize()!.width < 900;
  if (isNarrow) await page.keyboard.press("[");
  await expect(table).toBeVisible();
  await expectAccessible(page, "side bar");
  await table.click();
  await openPanel(book);
}

/** The data panel, once it is open: a table's columns and rows, a filter, and a sample dataset. */
async function openPanel({ page, language }: Book): Promise<void> {
  const t = panelText[language];
  const panel = page.getByRole("dialog", { name: t.title });
  await expect(panel.getByRole("img")).toHaveCount(2);
  await expectAccessible(page, "columns of a table");
  await panel.getByRole("tab", { name: t.rows }).click();
  await expect(panel.getByRole("rowheader", { name: "2", exact: true })).toBeVisible();
  await expectAccessible(page, "rows of a table");
  await panel.getByRole("button", { name: fill(t.filterBy, { column: "b" }) }).click();
  await expect(page.getByLabel(t.condition)).toBeVisible();
  await expectAccessible(page, "filter of a column");
  await page.keyboard.press("Escape");
  if (page.viewportSize()!.width < 900)
    await panel.getByRole("combobox", { name: t.table, exact: true }).selectOption("shop");
  else await panel.getByRole("navigation").getByRole("listitem").nth(1).getByRole("button").click();
  await expect(panel.getByRole("button", { name: t.use })).toBeVisible();
  await expectAccessible(page, "sample dataset");
}

async function expectAccessible(page: Page, what: string): Promise<void> {
  // A colour that is half faded in is nobody's colour.
  await page.waitForTimeout(400);
  const { violations } = await new AxeBuilder({ page })
    .exclude("iframe")
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
  );
  expect(found, what).toEqual([]);
}

async function expectNoSideScroll(page: Page): Promise<void> {
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overhang, "how far the page is wider than the window").toBeLessThanOrEqual(0);
}
