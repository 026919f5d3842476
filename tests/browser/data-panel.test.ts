import { mkdir, readFile, writeFile } from "node:fs/promises";
import type { Locator } from "@playwright/test";
import { dataText } from "../../src/text/data.ts";
import { panelText } from "../../src/text/panel.ts";
import { shellText } from "../../src/text/shell.ts";
import { fill } from "../../src/text/text.ts";
import { Book } from "./book.ts";
import { expect, test } from "./fixtures.ts";
import { columnRow, openSales, sales } from "./sales.ts";

const t = panelText.en;

/** Presses Tab until this has the focus. */
async function tabTo(target: Locator): Promise<void> {
  await expect(async () => {
    await target.page().keyboard.press("Tab");
    await expect(target).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [0] });
}

test("the columns are summed up as they come into sight", async ({ book }) => {
  const panel = await openSales(book);
  await expect(panel.getByText(fill(t.shape, { rows: "1,000", columns: "4" }))).toBeVisible();
  await expect(columnRow(panel, "id").getByRole("img")).toHaveAccessibleName(/From 0 to 999, median 499\.5/);
  await expect(columnRow(panel, "day").getByRole("img")).toHaveAccessibleName(
    /From 2026-01-10 to 2026-01-29/,
  );
  await expect(columnRow(panel, "colour").getByRole("img")).toHaveAccessibleName(/red 33%/);
  await expect(columnRow(panel, "colour")).toContainText("3");
});

test("a role is corrected in one step, and a column takes it from another", async ({ book }) => {
  const panel = await openSales(book);
  const roleOf = (column: string): Locator => panel.getByLabel(fill(t.roleOf, { column }));
  await roleOf("colour").selectOption("item");
  await expect(roleOf("colour")).toHaveValue("item");
  await roleOf("id").selectOption("item");
  await expect(roleOf("id")).toHaveValue("item");
  await expect(roleOf("colour")).toHaveValue("");
});

test("a table is renamed, deleted, had back and exported, and is there after a reload", async ({
  book,
  page,
}) => {
  await page.evaluate(async () => {
    const cache = await caches.open("another");
    await cache.put("/book/large", new Response(new Uint8Array(8_000_000)));
  });
  const panel = await openSales(book);
  const [beforeUsed] = t.kept.split("{used}");
  await expect(panel.getByText(beforeUsed!)).toHaveText(/: [\d.]+ (bytes|kB) of /);
  await panel.getByLabel(t.nameLabel).fill("sold");
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("navigation").getByRole("button", { name: /^sold/ })).toBeVisible();
  await expect(panel.getByLabel(t.nameLabel)).toBeFocused();

  await panel.getByRole("button", { name: t.delete }).click();
  await expect(panel.getByText(fill(dataText.en.removed, { table: "sold" }))).toBeVisible();
  await expect(panel.getByRole("navigation").getByRole("button", { name: /^sold/ })).toHaveCount(0);
  await panel.getByRole("button", { name: shellText.en.undo }).click();
  await expect(panel.getByLabel(t.nameLabel)).toHaveValue("sold");

  await panel.getByRole("button", { name: t.export }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: t["format-csv"] }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("sold.csv");
  const lines = (await readFile(await download.path(), "utf8")).trim().split(/\r?\n/);
  expect([lines.length, lines[0], lines[8]]).toEqual([
    1001,
    "id,day,amount,colour",
    "7,2026-01-17,unknown,green",
  ]);

  await page.reload();
  await book.ready();
  await book.showTable("sold");
  await expect(panel.getByText(fill(t.shape, { rows: "1,000", columns: "4" }))).toBeVisible();
  await expect(panel.getByText(dataText.en["kept-disk"])).toBeVisible();
});

test("a name that is refused stays to be mended, and the other tab does not take it along", async ({
  book,
  page,
}) => {
  const panel = await openSales(book);
  const name = panel.getByLabel(t.nameLabel);
  await name.fill("Sales 2024!");
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("alert")).toHaveText(fill(t.nameIllegal, { name: "Sales 2024!" }));
  await expect(name).toHaveValue("Sales 2024!");
  await expect(name).toBeFocused();
  await panel.getByRole("tab", { name: t.rows }).click();
  await expect(panel.getByRole("alert")).toHaveCount(0);
  await expect(name).toHaveValue("sales");
});

test("more files that are dropped while the panel is open are shown there", async ({ book }) => {
  await openSales(book);
  await book.drop(
    { name: "first.csv", buffer: Buffer.from("n\n1\n") },
    { name: "second.csv", buffer: Buffer.from("m,o\n1,2\n") },
  );
  await expect(book.panel.getByLabel(t.nameLabel)).toHaveValue("first");
});

test("a file that is dropped again stands beside its table, takes its place on demand, and gives it back", async ({
  book,
}) => {
  await book.open("```ts\n1\n```\n");
  const drop = (text: string) => book.drop({ name: "orders.csv", buffer: Buffer.from(text) });
  await drop("a\n1\n");
  await expect(book.panel.getByLabel(t.nameLabel)).toHaveValue("orders");
  await drop("a\n1\n2\n");
  const { panel } = book;
  await expect(panel.getByLabel(t.nameLabel)).toHaveValue("orders_2");
  const beside = fill(dataText.en.noteBesideTable, { from: "orders", to: "orders_2" });
  await expect(panel.getByText(beside).last()).toBeVisible();
  await panel.getByRole("button", { name: fill(dataText.en.replaceTable, { table: "orders" }) }).click();
  const tables = panel.getByRole("navigation").getByRole("button", { name: /^orders/ });
  await expect(tables).toHaveCount(1);
  await expect(panel.getByLabel(t.nameLabel)).toHaveValue("orders");
  await expect(panel.getByText(fill(t.shape, { rows: "2", columns: "1" }))).toBeVisible();
  await expect(panel.getByText(fill(dataText.en.replaced, { table: "orders" }))).toBeVisible();
  await expect(book.page.getByText(beside)).toHaveCount(0);
  await panel.getByRole("button", { name: shellText.en.undo }).click();
  await expect(tables).toHaveText([/^orders/, /^orders_2/]);
  await expect(panel.getByText(fill(t.shape, { rows: "1", columns: "1" }))).toBeVisible();
});

test("a sample dataset that is used fills an empty cell rather than leaving it behind", async ({ book }) => {
  await book.open("```ts\n\n```\n");
  await book.command(dataText.en.panel);
  await book.panel.getByRole("button", { name: "Online shop" }).click();
  await book.panel.getByRole("button", { name: t.use }).click();
  await expect(book.outputs(1)).toContainText("shop.orders");
  expect(await book.source(1)).toBe('await dataset("shop", { size: "S", seed: 1 })');
  await expect(book.codeCell(2)).toHaveCount(0);
});

test("by keyboard alone: from all commands to the rows of a table, and back to the notebook", async ({
  book,
  page,
}) => {
  await book.open("```ts\n1\n```\n");
  await book.importFile("sales", { name: "sales.csv", buffer: Buffer.from(sales) });
  await book.command(dataText.en.panel);
  await expect(book.panel.getByRole("tab", { name: t.columns })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(book.panel.getByRole("tab", { name: t.rows })).toBeFocused();
  await tabTo(book.panel.getByTitle(fill(t.sortBy, { column: "id" })));
  await page.keyboard.press("Enter");
  await expect(book.panel.getByRole("columnheader", { name: /^id/ })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel(t.value)).toBeFocused();
  await page.keyboard.type("5");
  await page.keyboard.press("Enter");
  await expect(book.panel.getByText("1 of 1,000 rows")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(book.panel).toBeHidden();
});

test("a sample dataset is read about, and used; its tables stand by schemas, which stay folded", async ({
  book,
  page,
}) => {
  await book.open("```ts\n1\n```\n");
  await book.command(dataText.en.panel);
  await book.panel.getByRole("button", { name: "Online shop" }).click();
  await expect(book.panel.getByRole("heading", { name: t.parameters })).toBeVisible();
  await expect(book.panel.getByText("BG/NBD").first()).toBeVisible();
  await book.panel.getByLabel(t.seed).fill("3");
  await book.panel.getByRole("button", { name: t.use }).click();
  await expect(book.panel).toBeHidden();
  await expect(book.codeCell(2)).toContainText('await dataset("shop", { size: "S", seed: 3 })');
  await expect(book.outputs(2)).toContainText("shop.orders");

  const ofSchema = (name: string): Locator => page.getByRole("list", { name, exact: true });
  await expect(ofSchema("truth").getByRole("listitem")).toHaveCount(6);
  await expect(ofSchema("shop").getByRole("listitem")).toHaveCount(12);
  const group = page.getByRole("button", { name: /^shop 12 / });
  await group.press("Enter");
  await expect(group).toHaveAttribute("aria-expanded", "false");
  await page.reload();
  await book.ready();
  expect(await book.runAll()).toBeNull();
  await expect(ofSchema("truth")).toBeVisible();
  await expect(group).toHaveAttribute("aria-expanded", "false");
  await expect(ofSchema("shop")).toHaveCount(0);
});

test("cells of a sheet that are pasted become a table, and prose does not", async ({ book, page }) => {
  await book.open("```ts\n1\n```\n");
  const paste = (text: string): Promise<void> =>
    page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    }, text);
  await paste("Dear Ada,\nas you know, this is prose.");
  await paste("customer\tspent\nAda\t12.5\nGrace\t7\n");
  await expect(book.panel.getByLabel(t.nameLabel)).toHaveValue("pasted");
  await expect(book.panel.getByText(fill(t.shape, { rows: "2", columns: "2" }))).toBeVisible();
  const tables = book.panel.getByRole("list", { name: dataText.en.tables });
  await expect(tables.getByRole("button")).toHaveCount(1);
});

test("a notebook saved as JSON is opened, and a JSON file of rows becomes a table", async ({
  book,
  page,
}) => {
  const notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] };
  await book.drop({
    name: "lesson.json",
    buffer: Buffer.from(JSON.stringify({ ...notebook, metadata: { title: "Lesson" } })),
  });
  await expect(
    page.getByRole("button", { name: shellText.en.deleteNotebook.slice(0, 6) }).first(),
  ).toBeAttached();
  await book.drop({ name: "rows.json", buffer: Buffer.from('[{"a":1},{"a":2}]') });
  await expect(book.panel.getByLabel(t.nameLabel)).toHaveValue("rows");
});

test("a whole folder is imported, and what it hides is left out", async ({ book, page }, info) => {
  const folder = info.outputPath("sales");
  await mkdir(`${folder}/2026`, { recursive: true });
  await writeFile(`${folder}/2026/january.csv`, "day,sold\n2026-01-01,5\n");
  await writeFile(`${folder}/customers.csv`, "name\nAda\nGrace\n");
  await writeFile(`${folder}/README.md`, "# What is in here");
  await writeFile(`${folder}/.hidden.csv`, "a,b\n1,2\n");
  await book.open("```ts\n1\n```\n");
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    book.command(dataText.en.pickFolder),
  ]);
  await chooser.setFiles(folder);
  await expect(page.getByRole("button", { name: /^customers .*2 × 1/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /^january .*1 × 2/ })).toBeVisible();
  await expect(page.getByRole("button", { name: / × /u })).toHaveCount(2);
});

test("in a second tab tables are read but not changed, and it says who owns them", async ({ book, page }) => {
  await openSales(book);
  const second = new Book(await page.context().newPage());
  await second.visit(page.url());
  await second.command(dataText.en.panel);
  await expect(second.panel.getByText(t.readOnly)).toBeVisible();
  await expect(second.panel.getByRole("button", { name: dataText.en.import })).toBeDisabled();
  await second.panel.getByRole("button", { name: "Online shop" }).click();
  await expect(second.panel.getByRole("button", { name: t.use })).toBeDisabled();
  await second.panel.getByRole("button", { name: shellText.en.takeOver }).click();
  await expect(second.panel.getByRole("button", { name: t.use })).toBeEnabled();
});

test("in a second tab of a notebook without tables, nobody is told to drop a file there", async ({
  book,
  page,
}) => {
  await book.open("```ts\n1\n```\n");
  await expect(page.getByText(dataText.en.none)).toBeVisible();
  const second = new Book(await page.context().newPage());
  await second.visit(page.url());
  await expect(second.page.getByText(dataText.en.noneReadOnly)).toBeVisible();
  await expect(second.page.getByText(dataText.en.none)).toHaveCount(0);
});
