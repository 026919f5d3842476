import type { BrowserContext, Page } from "@playwright/test";
import type { ImportResult } from "../../src/protocol/import.ts";
import { cellsText } from "../../src/text/cells.ts";
import { dataText } from "../../src/text/data.ts";
import { shellText } from "../../src/text/shell.ts";
import { fill } from "../../src/text/text.ts";
import { Book } from "./book.ts";
import { expect, test } from "./fixtures.ts";

/** A notebook that says of the table `first` what only the whole of it has. */
const witness =
  "```sql\nselect count(*) as n, sum(a) as a, md5(string_agg(b, ',' order by a)) as b from first\n```\n";
const rows = 60_000;

async function importFirst(book: Book): Promise<void> {
  await book.open(witness);
  const lines = Array.from({ length: rows }, (_, i) => `${i},word ${i * 7}`);
  const result = await book.importFile("first", {
    name: "first.csv",
    buffer: Buffer.from(`a,b\n${lines.join("\n")}\n`),
  });
  expect(result).toMatchObject({ state: "imported", table: { rows, kept: "disk" } });
}

/** Runs the witness; gives what it said. */
async function testify(book: Book): Promise<string> {
  expect(await book.runAll()).toBeNull();
  return (await book.texts())[0]!;
}

function listed(book: Book, table: string) {
  return book.page.getByRole("button", { name: fill(dataText.en.actions, { table }), exact: true });
}

/** Begins the import of a file that takes a while, and does not wait for it. */
async function beginImport(page: Page, name: string, lines = 2_000_000): Promise<void> {
  await page.evaluate(
    ([name, lines]) => {
      const part = "1234567,some words to make it longer,0.25\n".repeat(1000);
      const file = new File(["a,b,c\n", ...Array<string>(lines / 1000).fill(part)], `${name}.csv`);
      void window.cohortbook.importFile(file, name);
    },
    [name, lines] as const,
  );
}

async function crash(context: BrowserContext, page: Page): Promise<void> {
  const devtools = await context.newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  devtools.send("Page.crash").catch(() => undefined);
  await crashed;
}

async function reopened(context: BrowserContext, url: string): Promise<Book> {
  const book = new Book(await context.newPage());
  await book.visit(url);
  return book;
}

test("an imported table is there after a reload, with its rows and roles, before any cell has run", async ({
  book,
  page,
}) => {
  await importFirst(book);
  const before = await testify(book);
  await page.reload();
  await book.ready();
  await expect(listed(book, "first")).toBeVisible();
  expect(await testify(book)).toBe(before);
});

test("a cell that drops an imported table says that it comes back, and so it does", async ({
  book,
  page,
}) => {
  await book.open("```sql\ndrop table first\n```\n");
  await book.importFile("first", { name: "first.csv", buffer: Buffer.from("a,b\n1,2\n") });
  await expect(listed(book, "first")).toBeVisible();
  expect(await book.runAll()).toBeNull();
  await expect(book.outputs(1)).toContainText(fill(cellsText.en.droppedHere, { tables: "first" }));
  await expect(listed(book, "first")).toHaveCount(0);
  await page.reload();
  await book.ready();
  await expect(listed(book, "first")).toBeVisible();
});

test("a tab that dies in the middle of an import has lost no earlier table, and the next import goes well", async ({
  book,
  page,
  context,
  site,
}) => {
  await importFirst(book);
  const before = await testify(book);
  await beginImport(page, "second");
  await expect(page.getByText(fill(dataText.en.importing, { file: "second.csv" })).first()).toBeVisible();
  await crash(context, page);
  const again = await reopened(context, site.url);
  await expect(listed(again, "first")).toBeVisible();
  expect(await testify(again)).toBe(before);
  await expect(listed(again, "second")).toBeHidden();
  expect(
    await again.importFile("second", { name: "second.csv", buffer: Buffer.from("x\n1\n") }),
  ).toMatchObject({
    state: "imported",
    table: { name: "second", kept: "disk" },
  });
});

test("a tab that dies in the middle of a delete has lost no other table", async ({ book, context, site }) => {
  await importFirst(book);
  const before = await testify(book);
  let current = book;
  for (const wait of process.env.FULL ? [0, 3, 10, 30] : [3]) {
    await current.importFile("doomed", { name: "doomed.csv", buffer: Buffer.from("x\n1\n2\n") });
    await listed(current, "doomed").click();
    const remove = current.page.getByRole("menuitem", {
      name: fill(dataText.en.remove, { table: "doomed" }),
    });
    await remove.evaluate((item) => setTimeout(() => (item as HTMLElement).click()));
    await current.page.waitForTimeout(wait);
    await crash(context, current.page);
    current = await reopened(context, site.url);
    await expect(listed(current, "first")).toBeVisible();
    expect(await testify(current)).toBe(before);
  }
});

test("of two tabs one changes the tables, the other reads them and says so, until it takes over", async ({
  book,
  page,
  context,
}) => {
  await importFirst(book);
  const before = await testify(book);
  const other = await reopened(context, page.url());
  await expect(other.page.getByText(shellText.en.elsewhere)).toBeVisible();
  await expect(listed(other, "first")).toBeVisible();
  expect(await testify(other)).toBe(before);
  const file = { name: "more.csv", buffer: Buffer.from("x\n1\n") };
  expect(await other.importFile("more", file)).toMatchObject({ refusal: { why: "read-only" } });

  await other.button("takeOver").click();
  await expect(other.page.getByText(shellText.en.elsewhere)).toBeHidden();
  await expect(book.page.getByText(shellText.en.elsewhere)).toBeVisible();
  expect(await other.importFile("more", file)).toMatchObject({ state: "imported", table: { kept: "disk" } });
  expect(await book.importFile("mine", file)).toMatchObject({ refusal: { why: "read-only" } });
  expect(await testify(book)).toBe(before);

  await book.button("takeOver").click();
  await expect(listed(book, "more")).toBeVisible();
  expect(await testify(book)).toBe(before);
  expect(await book.importFile("mine", file)).toMatchObject({ state: "imported", table: { kept: "disk" } });
  await book.page.reload();
  await book.ready();
  for (const table of ["first", "mine", "more"]) await expect(listed(book, table)).toBeVisible();
});

test("an import under way when another tab takes over is cancelled, and leaves nothing behind", async ({
  book,
  page,
  context,
}) => {
  await importFirst(book);
  const before = await testify(book);
  const other = await reopened(context, page.url());
  await beginImport(page, "second");
  await expect(page.getByText(fill(dataText.en.importing, { file: "second.csv" })).first()).toBeVisible();
  await other.button("takeOver").click();
  await expect(page.getByText(dataText.en.whyCancelled).first()).toBeVisible();
  await expect(other.page.getByText(shellText.en.elsewhere)).toBeHidden();
  await expect(listed(other, "first")).toBeVisible();
  expect(await testify(other)).toBe(before);
  await expect(listed(other, "second")).toBeHidden();
});

test("a full disk keeps an import in memory and says so; what was kept is whole", async ({
  book,
  page,
  context,
  site,
}) => {
  await importFirst(book);
  const before = await testify(book);
  const { origin } = new URL(site.url);
  const devtools = await context.newCDPSession(page);
  const { usage } = await page.evaluate(() => navigator.storage.estimate());
  await devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: usage! + 2_000_000 });
  const lines = Array.from({ length: 200_000 }, (_, i) => `${i},word ${i}`);
  const result: ImportResult = await book.importFile("second", {
    name: "second.csv",
    buffer: Buffer.from(`a,b\n${lines.join("\n")}\n`),
  });
  expect(result).toMatchObject({ state: "imported", table: { rows: 200_000, kept: "disk-full" } });
  expect(await testify(book)).toBe(before);
  await devtools.send("Storage.overrideQuotaForOrigin", { origin });
  await page.reload();
  await book.ready();
  await expect(listed(book, "first")).toBeVisible();
  expect(await testify(book)).toBe(before);
  await expect(listed(book, "second")).toBeHidden();
});

test("a deleted notebook's tables are gone from disk by the next visit", async ({ book, page }) => {
  await importFirst(book);
  const folders = (): Promise<string[]> =>
    page.evaluate(async () => {
      const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("cohortbook");
      const names: string[] = [];
      for await (const name of root.keys()) names.push(name);
      return names;
    });
  const id = new URL(page.url()).hash.replace("#open=", "");
  expect(await folders()).toContain(id);
  const entry = page.getByRole("listitem").filter({ has: page.locator("[aria-current=page]") });
  await entry.hover();
  await entry.getByRole("button", { name: fill(shellText.en.deleteNotebook, { title: "test" }) }).click();
  await page.waitForFunction((id) => !location.hash.includes(id), id);
  await page.reload();
  await book.ready();
  await expect.poll(folders).not.toContain(id);
});

test("a database that dies is noticed and started anew, and what was kept is back", async ({
  book,
  page,
}) => {
  test.skip(!process.env.FULL, "it takes half a minute to notice: left to npm run test:full");
  await importFirst(book);
  const before = await testify(book);
  const worker = page.workers().find((worker) => worker.url().includes("data.worker"))!;
  await worker.evaluate(() => {
    // A worker that closes itself says nothing to anybody, as one whose heap is exhausted.
    (globalThis as unknown as { close(): void }).close();
  });
  await expect(page.getByText(shellText.en.databaseDied)).toBeVisible({ timeout: 60_000 });
  await expect(listed(book, "first")).toBeVisible();
  expect(await testify(book)).toBe(before);
});
