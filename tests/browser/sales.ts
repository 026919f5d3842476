import type { Locator } from "@playwright/test";
import type { Book } from "./book.ts";

/** 1,000 sales: ids, days, amounts with one that is no number, and three colours. */
export const sales = [
  "id,day,amount,colour",
  ...Array.from(
    { length: 1000 },
    (_, i) =>
      `${i},2026-01-${10 + (i % 20)},${i === 7 ? "unknown" : i / 10},${["red", "green", "blue"][i % 3]}`,
  ),
].join("\n");

/** Imports the sales into a notebook of one cell, and opens the data panel on them. */
export async function openSales(book: Book): Promise<Locator> {
  await book.open("```ts\n1\n```\n");
  await book.importFile("sales", { name: "sales.csv", buffer: Buffer.from(sales) });
  return book.showTable("sales");
}

/** The row of a column in the data panel. */
export function columnRow(panel: Locator, column: string): Locator {
  return panel
    .getByRole("row")
    .filter({ has: panel.page().getByRole("rowheader", { name: column, exact: true }) });
}
