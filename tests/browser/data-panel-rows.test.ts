import type { Locator } from "@playwright/test";
import { cellsText } from "../../src/text/cells.ts";
import { panelText } from "../../src/text/panel.ts";
import { fill } from "../../src/text/text.ts";
import { expect, test } from "./fixtures.ts";
import { openSales, sales } from "./sales.ts";

const t = panelText.en;

/** What the first rows hold in a column, counted from 1. */
async function values(panel: Locator, column: number): Promise<string[]> {
  return panel.locator(`[role=row] > [role=cell][aria-colindex="${column + 1}"]`).allTextContents();
}

test("rows are sorted by a click on a head, and filtered by a condition, over the whole table", async ({
  book,
}) => {
  const panel = await openSales(book);
  await panel.getByRole("tab", { name: t.rows }).click();
  const byId = panel.getByTitle(fill(t.sortBy, { column: "id" }));
  await byId.click();
  await byId.click();
  await expect(panel.getByRole("columnheader", { name: /^id/ })).toHaveAttribute("aria-sort", "descending");
  await expect.poll(async () => (await values(panel, 1))[0]).toBe("999");
  await panel.getByRole("button", { name: fill(t.filterBy, { column: "colour" }) }).click();
  await book.page.getByLabel(t.value).fill("green");
  await book.page.keyboard.press("Enter");
  await expect(panel.getByText("333 of 1,000 rows")).toBeVisible();
  await expect.poll(async () => (await values(panel, 1))[0]).toBe("997");
  await panel.getByRole("button", { name: /^Take the filter away/ }).click();
  await expect(panel.getByText("1,000 rows", { exact: true })).toBeVisible();
});

test("a filter that is none of the column's type says so where it was typed, and no row goes", async ({
  book,
}) => {
  const panel = await openSales(book);
  await panel.getByRole("tab", { name: t.rows }).click();
  await panel.getByRole("button", { name: fill(t.filterBy, { column: "id" }) }).click();
  await book.page.getByLabel(t.value).fill("abc");
  await book.page.keyboard.press("Enter");
  await expect(book.page.getByRole("alert")).toHaveText(fill(t["misfit-number"], { value: "abc" }));
  await expect(book.page.getByLabel(t.value)).toBeFocused();
  await expect(panel.getByRole("button", { name: /^Take the filter away/ })).toHaveCount(0);
  await book.page.getByLabel(t.value).fill("5");
  await book.page.keyboard.press("Enter");
  await expect(panel.getByText("1 of 1,000 rows")).toBeVisible();
  await expect(book.page.getByLabel(t.value)).toBeHidden();
});

test("rows that a cell changes are shown as they are now", async ({ book }) => {
  await book.open("```ts\nawait sql`update sales set colour = 'grey' where id = 0`\n```\n");
  await book.importFile("sales", { name: "sales.csv", buffer: Buffer.from(sales) });
  const panel = await book.showTable("sales");
  await panel.getByRole("tab", { name: t.rows }).click();
  await expect.poll(async () => (await values(panel, 4))[0]).toBe("red");
  expect(await book.runAll()).toBeNull();
  await expect.poll(async () => (await values(panel, 4))[0]).toBe("grey");
});

test("the last of three million rows can be reached", async ({ book }) => {
  await book.open("```ts\nawait sql`create table big as select range as n from range(3000000)`\n```\n");
  expect(await book.runAll()).toBeNull();
  const panel = await book.showTable("big");
  await panel.getByRole("tab", { name: t.rows }).click();
  await panel.getByLabel(cellsText.en.goToRow).fill("3000000");
  await book.page.keyboard.press("Enter");
  await expect.poll(() => values(panel, 1)).toEqual(["2999999"]);
  await panel.getByRole("button", { name: cellsText.en.earlierRows }).click();
  await expect.poll(async () => (await values(panel, 1))[0]).toBe("2899999");
});

test("the side that was looked at stays for other tables, and a deleted table gives way to its neighbour", async ({
  book,
}) => {
  await book.open("```ts\n1\n```\n");
  for (const name of ["alpha", "beta", "gamma"])
    await book.importFile(name, { name: `${name}.csv`, buffer: Buffer.from("n\n1\n2\n") });
  const panel = await book.showTable("alpha");
  await panel.getByRole("tab", { name: t.rows }).click();
  await panel.getByRole("button", { name: /^beta/ }).click();
  await expect(panel.getByLabel(t.nameLabel)).toHaveValue("beta");
  await expect(panel.getByRole("tab", { name: t.rows })).toHaveAttribute("aria-selected", "true");
  await panel.getByRole("button", { name: t.delete }).click();
  await expect(panel.getByLabel(t.nameLabel)).toHaveValue("gamma");
  await panel.getByRole("button", { name: t.delete }).click();
  await expect(panel.getByLabel(t.nameLabel)).toHaveValue("alpha");
});

test("a number is shown to six digits; its title, and a copy of its rows, have all of them, each value in a cell", async ({
  book,
}) => {
  await book.run(
    `import { Table } from "cohortbook";\nTable.from([{ third: 1 / 3, name: "a" }, { third: null, name: "b\\t\\"c\\"\\n" }])`,
  );
  const cells = book.outputs(1).getByRole("cell");
  await expect(cells.first()).toHaveText("0.333333");
  await expect(cells.first().locator("div")).toHaveAttribute("title", "0.3333333333333333");
  const copied = await book.outputs(1).evaluate((output) => {
    const cells = output.querySelectorAll("[role=cell]");
    getSelection()!.setBaseAndExtent(cells[0]!, 0, cells[cells.length - 1]!, 1);
    return new Promise((resolve) => {
      const tell = (event: ClipboardEvent): void => resolve(event.clipboardData!.getData("text/plain"));
      document.addEventListener("copy", tell, { once: true });
      document.execCommand("copy");
    });
  });
  expect(copied).toBe('0.3333333333333333\ta\n\t"b\t""c""\n"');
});
