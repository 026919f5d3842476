import { refusalAsText } from "../../scripts/notebook-text.mjs";
import type { ImportResult } from "../../src/protocol/import.ts";
import type { TableInfo } from "../../src/protocol/table-info.ts";
import { dataText } from "../../src/text/data.ts";
import { panelText } from "../../src/text/panel.ts";
import { shellText } from "../../src/text/shell.ts";
import { fill } from "../../src/text/text.ts";
import type { Book } from "./book.ts";
import { expect, test } from "./fixtures.ts";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

async function imported(book: Book, name: string, content: string | Buffer): Promise<TableInfo> {
  const result = await importCsv(book, name, content);
  if (result.state === "refused") throw new Error(refusalAsText(result.refusal));
  return result.table;
}

async function importCsv(book: Book, name: string, content: string | Buffer): Promise<ImportResult> {
  return book.importFile(name, { name: `${name}.csv`, buffer: Buffer.from(content) });
}

/** Every bad file comes after a good one, which must be whole afterwards. */
test.beforeEach(async ({ book }) => {
  await book.open("```ts\nawait table('good')\n```\n");
  await imported(book, "good", "a,b\n1,x\n2,y\n");
});

test.afterEach(async ({ book }) => {
  expect(await book.runAll()).toBeNull();
  await expect(book.outputs(1)).toContainText(/2 rows × 2 columns/);
});

test("blank-only fields are missing, numbers with blanks stay numeric, and Yes/No stays text", async ({
  book,
}) => {
  const table = await imported(
    book,
    "telco",
    "id,total,churn,code\n1,29.85,Yes,007\n2, ,No,008\n3,10,Yes,010\n",
  );
  expect(table.rows).toBe(3);
  expect(table.columns.map(({ name, type }) => [name, type])).toEqual([
    ["id", "number"],
    ["total", "number"],
    ["churn", "string"],
    ["code", "string"],
  ]);
});

test("short rows are filled up and noted, a long one is kept apart", async ({ book }) => {
  const result = await importCsv(book, "ragged", "a,b,c\n1,2,3\n4,5\n6,7,8,9\n");
  if (result.state !== "imported") throw new Error("refused");
  expect(result.table.rows).toBe(2);
  expect(result.table.columns.map(({ name }) => name)).toEqual(["a", "b", "c"]);
  expect(result.notes).toEqual([
    { note: "short-rows", count: 1, line: 3 },
    { note: "rejected", count: 1, table: "ragged_rejected" },
  ]);
});

test("a file that is not UTF-8 is read in its own encoding, and the note names it", async ({ book }) => {
  const latin = Buffer.from("name,n\nJosé,1\nZoë,2\n", "latin1");
  const result = await importCsv(book, "latin", latin);
  if (result.state !== "imported") throw new Error("refused");
  expect(result.notes.map(({ note }) => note)).toContain("decoded");
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("名,n\n张,1\n", "utf16le")]);
  expect((await imported(book, "wide", utf16)).columns.map(({ name }) => name)).toEqual(["名", "n"]);
});

test("an empty file, a header alone and a picture are each refused for what they are", async ({ book }) => {
  expect(await importCsv(book, "nothing", "")).toMatchObject({ state: "refused", refusal: { why: "empty" } });
  expect(await importCsv(book, "header", "a,b\n")).toMatchObject({
    state: "refused",
    refusal: { why: "header-only" },
  });
  expect(await importCsv(book, "picture", png)).toMatchObject({
    state: "refused",
    refusal: { why: "not-text" },
  });
});

test("of two equal column names the second is renamed, and the note says so", async ({ book }) => {
  const result = await importCsv(book, "twice", "n,n\n1,2\n");
  if (result.state !== "imported") throw new Error("refused");
  const names = result.table.columns.map(({ name }) => name);
  expect(new Set(names).size).toBe(2);
  expect(result.notes.map(({ note }) => note)).toContain("renamed-column");
});

test("10,000 columns give a table that can be read or a refusal that says the most", async ({ book }) => {
  const names = Array.from({ length: 10_000 }, (_, i) => `c${i}`);
  const result = await importCsv(book, "wide", `${names.join(",")}\n${names.map((_, i) => i).join(",")}\n`);
  if (result.state === "imported") expect(result.table.columns).toHaveLength(10_000);
  else expect(result.refusal).toMatchObject({ why: "too-many-columns", columns: 10_000 });
});

test("a file dropped on the page becomes a table, and a bad one is refused in words", async ({
  book,
  page,
}) => {
  await book.drop({
    name: "Spring sales.csv",
    buffer: Buffer.from("day,sold\n2026-03-01,5\n2026-03-02,7\n"),
  });
  const { panel } = book;
  await expect(panel.getByLabel(panelText.en.nameLabel)).toHaveValue("spring_sales");
  await expect(panel.getByRole("rowheader", { name: "sold" })).toBeVisible();
  await panel.getByRole("button", { name: shellText.en.close, exact: true }).click();
  await expect(panel).toBeHidden();
  await book.drop({ name: "photo.csv", buffer: png });
  await expect(page.getByText(fill(dataText.en.refused, { file: "photo.csv" })).first()).toBeVisible();
});

test("files that were joined are imported apart on demand, in the place of the joined table", async ({
  book,
}) => {
  const orders = (number: number): { name: string; buffer: Buffer } => ({
    name: `orders_0${number}.csv`,
    buffer: Buffer.from(`id,amount\n${number},5\n`),
  });
  await book.drop(orders(1), orders(2));
  const { panel } = book;
  const name = panel.getByLabel(panelText.en.nameLabel);
  await expect(name).toHaveValue("orders");
  await panel.getByRole("button", { name: dataText.en.importSeparately }).click();
  await expect(name).toHaveValue("orders_01");
  await expect(panel.getByText(fill(dataText.en.removed, { table: "orders" }))).toBeVisible();
  const tables = panel.getByRole("navigation").getByRole("button", { name: /^orders/ });
  await expect(tables).toHaveText([/^orders_01/, /^orders_02/]);
});
