import { beforeAll, expect, test } from "vitest";
import { tableFromArrow } from "../../../src/data/arrow.ts";
import { createDataEngine } from "../../../src/engine/engine.ts";
import type { DataEngine } from "../../../src/protocol/data.ts";
import { duckdbModule } from "./module.ts";

let engine: DataEngine;

beforeAll(() => {
  engine = createDataEngine(duckdbModule);
});

/** The one row of a file, and what the import says of it. */
async function imported(notebook: string, text: string | Uint8Array<ArrayBuffer>) {
  const file = new File([text], "data.txt");
  const [result] = await engine.importFiles(notebook, [{ file, path: file.name }], null, () => undefined);
  if (result?.state !== "imported") throw new Error(JSON.stringify(result));
  const { table, notes } = result;
  const query = { offset: 0, limit: 2, sort: null, filters: [] };
  const [row] = tableFromArrow(await engine.rows(notebook, table.name, query)).toArray();
  return { table: table.name, notes, row, roles: table.columns.map(({ role }) => role) };
}

test("times in milliseconds since 1970 are times", async () => {
  expect(
    await imported(
      "RetailRocket",
      "timestamp,visitorid,event,itemid,transactionid\n1433221332117,257597,view,355908,\n",
    ),
  ).toEqual({
    table: "events",
    notes: [{ note: "recognised", set: "RetailRocket" }],
    row: {
      timestamp: new Date("2015-06-02T05:02:12.117Z"),
      visitorid: 257_597,
      event: "view",
      itemid: 355_908,
      transactionid: null,
    },
    roles: ["time", "user", "event", "item", null],
  });
});

test("codes of nothing but digits stay text, in whatever order the columns come", async () => {
  const { table, row, roles } = await imported(
    "Online Retail",
    "Country;InvoiceNo;StockCode;Description;Quantity;InvoiceDate;UnitPrice;CustomerID\nFrance;536370;22728;ALARM CLOCK;24;2010-12-01 08:45:00;3.75;12583\n",
  );
  expect(table).toBe("online_retail");
  expect(row).toEqual({
    Country: "France",
    InvoiceNo: "536370",
    StockCode: "22728",
    Description: "ALARM CLOCK",
    Quantity: 24,
    InvoiceDate: new Date("2010-12-01T08:45:00Z"),
    UnitPrice: 3.75,
    CustomerID: 12_583,
    amount: 90,
  });
  expect(roles).toEqual([null, null, "item", null, null, "time", null, "user", "amount"]);
});

test("films of MovieLens 1M are read as windows-1252, with two colons between fields", async () => {
  const text = "73::Misérables, Les (1995)::Drama|Musical\n";
  const latin = Uint8Array.from(text, (character) => character.charCodeAt(0));
  expect(await imported("MovieLens 1M", latin)).toMatchObject({
    table: "items",
    row: { item_id: 73, title: "Misérables, Les (1995)", genres: "Drama|Musical" },
  });
});

test("CDNOW's dates without dashes are dates, with a header or without", async () => {
  const row = {
    customer_id: "00001",
    date: new Date("1997-01-01"),
    number_of_cds: 1,
    dollar_value: 11.77,
  };
  const line = " 00001 19970101  1   11.77\r\n";
  expect(await imported("bare", line)).toMatchObject({ table: "cdnow", row });
  const header = " customer_id  date number_of_cds  dollar_value\r\n";
  expect(await imported("headed", header + line)).toMatchObject({ table: "cdnow", row });
});
