import { dataText } from "../../src/text/data.ts";
import { panelText } from "../../src/text/panel.ts";
import { shellText } from "../../src/text/shell.ts";
import { fill } from "../../src/text/text.ts";
import { expect, test } from "./fixtures.ts";
import { columnRow, openSales } from "./sales.ts";

const t = panelText.en;

test("a type that loses values names them and asks; what does not fit is kept beside the table", async ({
  book,
}) => {
  const panel = await openSales(book);
  const typeOf = panel.getByLabel(fill(t.typeOf, { column: "amount" }));
  await expect(typeOf).toHaveValue("text");
  await typeOf.selectOption("double");
  const question = panel.getByRole("alert");
  await expect(question).toContainText("1 of 1,000 values would be missing: “unknown”");
  await panel.getByRole("tab", { name: t.rows }).click();
  await expect(question).toBeHidden();
  await panel.getByRole("tab", { name: t.columns }).click();
  await expect(question).toContainText("“unknown”");
  await question.getByRole("button", { name: t.leave }).click();
  await expect(typeOf).toHaveValue("text");
  await expect(typeOf).toBeFocused();
  await typeOf.selectOption("double");
  await question.getByRole("button", { name: t.changeAnyway }).click();
  await expect(typeOf).toHaveValue("double");
  await expect(columnRow(panel, "amount").getByRole("img")).toHaveAccessibleName(/From 0 to 99\.9/);
  const retyped = fill(dataText.en.noteRetyped, { column: "amount", kind: t["kind-double"] });
  await expect(panel.getByText(retyped)).toBeVisible();
  await expect(panel.getByRole("navigation").getByRole("button", { name: /^sales_rejected/ })).toBeVisible();
  await panel.getByRole("button", { name: fill(t.rejected, { count: 1 }) }).click();
  await expect(panel.getByLabel(t.nameLabel)).toHaveValue("sales_rejected");
  await expect(panel.getByRole("tab", { name: t.rows })).toHaveAttribute("aria-selected", "true");
});

test("where a day could be a month, a person says which day it is", async ({ book }) => {
  await book.open("```ts\n1\n```\n");
  const text = "d,x\n03/04/2024,a\n05/06/2024,b\n";
  await book.importFile("visits", { name: "visits.csv", buffer: Buffer.from(text) });
  const panel = await book.showTable("visits");
  const typeOf = panel.getByLabel(fill(t.typeOf, { column: "d" }));
  await expect(typeOf).toHaveValue("text");
  await typeOf.selectOption("date");
  const question = panel.getByRole("alert");
  await expect(question).toContainText(fill(t.howRead, { text: "“03/04/2024”" }));
  await expect(question.getByRole("button", { name: "March 4, 2024" })).toBeVisible();
  await question.getByRole("button", { name: "April 3, 2024" }).click();
  await expect(typeOf).toHaveValue("date");
  await expect(typeOf).toBeFocused();
  await expect(columnRow(panel, "d").getByRole("img")).toHaveAccessibleName(/From 2024-04-03 to 2024-06-05/);
});

test("a column that lost values to another type is had back with them", async ({ book }) => {
  const panel = await openSales(book);
  const typeOf = panel.getByLabel(fill(t.typeOf, { column: "amount" }));
  await typeOf.selectOption("double");
  await panel.getByRole("alert").getByRole("button", { name: t.changeAnyway }).click();
  await expect(panel.getByText(fill(t.retyped, { column: "amount", table: "sales" }))).toBeVisible();
  await panel.getByRole("button", { name: shellText.en.undo }).click();
  await expect(typeOf).toHaveValue("text");
  await expect(panel.getByRole("button", { name: shellText.en.undo })).toHaveCount(0);
  await expect(panel.getByRole("navigation").getByRole("button", { name: /^sales_rejected/ })).toHaveCount(0);
});
