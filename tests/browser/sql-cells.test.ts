import type { Locator, Page } from "@playwright/test";
import { cellsText } from "../../src/text/cells.ts";
import { errorsText } from "../../src/text/errors.ts";
import { fill } from "../../src/text/text.ts";
import type { Book } from "./book.ts";
import { expect, test } from "./fixtures.ts";

const t = cellsText.en;

const ts = (source: string): string => `\`\`\`ts\n${source}\n\`\`\`\n\n`;
const sql = (source: string, name = ""): string =>
  `\`\`\`sql${name && ` name=${name}`}\n${source}\n\`\`\`\n\n`;

const sqlCell = (book: Book, number: number): Locator =>
  book.page.getByLabel(fill(t.sqlCell, { number }), { exact: true });

/** Writes over what the editor of a cell holds, once the large editor is there. */
async function write(cell: Locator, page: Page, text: string): Promise<void> {
  await expect(cell.locator(".monaco-editor")).toBeVisible();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}

test("a SQL cell is inserted, completed, named and run, and its rows are a Table elsewhere", async ({
  book,
}) => {
  const { page } = book;
  await book.open(
    ts("await sql`create table spent as select range as customer, range * 2 as amount from range(10)`"),
  );
  expect(await book.runAll()).toBeNull();
  await page.getByRole("button", { name: t.addSql }).last().click();
  const cell = sqlCell(book, 2);
  await write(cell, page, "select ");
  await page.keyboard.insertText(" from spent s");
  for (let i = 0; i < " from spent s".length; i++) await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("s.am");
  await expect(page.locator(".suggest-widget").getByText("amount")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(cell).toContainText("select s.amount from spent s");

  const name = page.getByLabel(fill(t.resultName, { number: 2 }));
  await name.fill("amounts");
  await name.press("Enter");
  await page.keyboard.press("Control+Enter");
  await expect(book.outputs(2)).toContainText(fill(t.rows, { rows: 10, columns: 1 }));

  await page.getByRole("button", { name: t.addCode }).last().click();
  await write(book.codeCell(3), page, 'amounts.column("amount").at(9)');
  await page.keyboard.press("Control+Enter");
  await expect(book.outputs(3)).toContainText("18");
});

test("Enter breaks the line after a whole word that suggestions repeat, in code and in SQL", async ({
  book,
}) => {
  const { page } = book;
  await book.open(ts("const rows = [1, 2];") + ts("") + sql(""));
  await page.evaluate(() => window.cohortbook.runAll());
  for (const [number, cell] of [book.codeCell(2), sqlCell(book, 3)].entries()) {
    await cell.locator(".shown").click();
    await expect(cell.locator(".monaco-editor.focused")).toBeVisible();
    const word = number === 0 ? "rows" : "select";
    await page.keyboard.type(word);
    await expect(page.locator(".suggest-widget .focused").getByText(word).first()).toBeVisible();
    await page.keyboard.press("Enter");
    await page.keyboard.type("1");
    await expect.poll(() => book.source(number + 2)).toBe(`${word}\n1`);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
  }
});

test("names of tables and variables are completed", async ({ book }) => {
  const { page } = book;
  await book.open(ts("const monthly = 1; await sql`create table spent as select 1 as x`") + sql(""));
  await page.evaluate(() => window.cohortbook.runAll());
  await sqlCell(book, 2).locator(".shown").click();
  await write(sqlCell(book, 2), page, "select * from ");
  await page.keyboard.type("sp");
  await expect(page.locator(".suggest-widget").getByText("spent")).toBeVisible();
  await page.keyboard.press("Escape");
  await write(sqlCell(book, 2), page, "select $");
  await page.keyboard.type("{mon");
  await expect(page.locator(".suggest-widget").getByText("monthly")).toBeVisible();
});

test("what stands in a hole stays a value, whatever it holds", async ({ book }) => {
  await book.open(
    ts('await sql`create table kept as select 1 as x`; const evil = "\'; drop table kept; --"') +
      sql("select ${evil} as said, x from kept where ${evil} <> 'x'") +
      sql("select count(*) as n from kept"),
  );
  expect(await book.runAll()).toBeNull();
  const [, said, count] = await book.texts();
  expect(said).toContain("'; drop table kept; --");
  expect(count).toMatch(/1\n1 row × 1 column/);
});

for (const { name, source, message, line, column } of [
  {
    name: "DuckDB does not understand",
    source: "select 1,\n  2 form x y",
    message: "Parser Error",
    line: 2,
    column: 10,
  },
  {
    name: "names a missing table",
    source: "select *\n-- 客户\nfrom ${rows}, nowhere",
    message: "nowhere",
    line: 3,
    column: 15,
  },
  {
    name: "has an error in a hole",
    source: "select 1,\n  ${rows.column('nope')}",
    message: "nope",
    line: 2,
    column: 10,
  },
  {
    name: "has a hole in quotes",
    source: "select 1,\n '${rows}'",
    message: "inside quotes",
    line: 2,
    column: 3,
  },
])
  test(`a SQL cell that ${name} fails at its line and column`, async ({ book, page }) => {
    await book.open(ts("const rows = await sql`select 1 as n`;") + sql(source));
    const failure = await book.runAll();
    expect(failure).toMatchObject({ cellNumber: 2 });
    expect(failure?.message).toContain(message);
    expect(failure?.frames[0]).toMatchObject({ line, column });
    await book
      .outputs(2)
      .getByText(fill(errorsText.en.goTo, { cell: 2, line }))
      .first()
      .click();
    await expect(sqlCell(book, 2).locator(":focus")).toBeAttached();
    await page.keyboard.type("@");
    const written = (await book.source(2)).split("\n")[line - 1]!;
    expect(written.indexOf("@")).toBe(column - 1);
  });

test("keys make SQL of code and back, and undo takes the name back too", async ({ book }) => {
  const { page } = book;
  await book.open(ts("1"));
  await book.codeCell(1).focus();
  await page.keyboard.press("q");
  await expect(sqlCell(book, 1)).toBeVisible();
  const name = page.getByLabel(fill(t.resultName, { number: 1 }));
  await name.fill("one");
  await name.press("Escape");
  await expect(name).toHaveValue("");
  await name.fill("one");
  await name.press("Tab");
  await expect(name).toHaveValue("one");
  await sqlCell(book, 1).focus();
  await page.keyboard.press("z");
  await expect(name).toHaveValue("");
  await page.keyboard.press("m");
  await page.keyboard.press("y");
  await expect(book.codeCell(1)).toBeVisible();
});

test("a result larger than memory is read page by page, and named", async ({ book }) => {
  const { page } = book;
  await book.open(
    sql("select range as n from range(1000000000)", "big") +
      ts("[big.numRows, (await big.page(999_999_999, 5)).column('n').at(0)]") +
      sql("select count(*) as n from ${big} where n < 10") +
      ts('big.column("n")'),
  );
  const failure = await book.runAll();
  expect(failure).toMatchObject({ cellNumber: 4, name: "TypeError" });
  expect(failure?.message).toMatch(/expected a Table, got big, which has 1000000000 rows/);
  const texts = await book.texts();
  expect(texts[1]).toBe("[1000000000, 999999999]");
  expect(texts[2]).toMatch(/^ n\n──\n10\n/);

  const rows = book.outputs(1);
  await expect(rows).toContainText("1,000,000,000 rows");
  const grid = rows.getByLabel(/^Table of/);
  await grid.hover();
  await page.mouse.wheel(0, 60_000 * 26);
  await expect(grid).toContainText("59999");
  await rows.getByLabel(t.goToRow).fill("900000000");
  await rows.getByLabel(t.goToRow).press("Enter");
  await expect(grid).toContainText("899999999");
  await rows.getByRole("button", { name: t.earlierRows }).click();
  await expect(grid).toContainText("899899999");
});

test("of a result larger than memory the first rows are kept, and say so when the kernel is gone", async ({
  book,
}) => {
  test.skip(!process.env.FULL, "left to npm run test:full");
  const { page } = book;
  await book.open(sql("select range as n from range(1000000000)"));
  expect(await book.runAll()).toBeNull();
  await expect(book.outputs(1)).toContainText("1,000,000,000 rows");
  await page.reload();
  await book.ready();
  await expect(book.outputs(1)).toContainText(fill(t.rowsGone, { kept: "1,000" }));
  await expect(book.outputs(1).getByLabel(/^Table of/)).toContainText("9");
});

test("the sql tag refuses what does not fit, and the database goes on", async ({ book }) => {
  await book.open(
    ts("await sql`create table kept as select 42 as x`") +
      ts("await sql`select * from range(1000000000)`") +
      ts('(await table("kept")).column("x").at(0)'),
  );
  expect(await book.runAll()).toMatchObject({
    cellNumber: 2,
    name: "RangeError",
    message: expect.stringMatching(/aggregate it, add LIMIT, or run it in a SQL cell/),
  });
  await book.codeCell(3).focus();
  await book.page.keyboard.press("Control+Enter");
  await expect(book.outputs(3)).toContainText("42");
});
