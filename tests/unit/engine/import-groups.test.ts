import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Row } from "../../../src/data/table.ts";
import { TableDraft } from "../../../src/engine/table-draft.ts";
import { Dropping } from "./dropping.ts";
import { workbook } from "./workbook.ts";

let dropping: Dropping;

beforeAll(async () => {
  dropping = await Dropping.open();
});

beforeEach(async () => {
  await dropping.clear();
});

test("files of one shape become one table, those of another a table of their own", async () => {
  const results = await dropping.drop(
    ["exports/orders_2024_01.csv", "id,amount\n1,5\n2,6\n"],
    ["exports/orders_2024_02.csv", "id,amount\n3,7.5\n"],
    ["exports/customers.csv", "id,name\n1,Ada\n"],
  );
  expect(results).toMatchObject([
    {
      state: "imported",
      table: { name: "orders_2024", rows: 3 },
      notes: [
        {
          note: "joined-files",
          count: 2,
          files: ["exports/orders_2024_01.csv", "exports/orders_2024_02.csv"],
        },
      ],
    },
    { state: "imported", table: { name: "customers", rows: 1 } },
  ]);
  expect(dropping.rows("orders_2024")).toEqual([
    { id: 1, amount: 5, file: "exports/orders_2024_01.csv" },
    { id: 2, amount: 6, file: "exports/orders_2024_01.csv" },
    { id: 3, amount: 7.5, file: "exports/orders_2024_02.csv" },
  ]);
  expect(dropping.types("orders_2024")).toEqual({ id: "BIGINT", amount: "DOUBLE", file: "VARCHAR" });
});

test.each([
  ["texts", "1,x\n"],
  ["dates", "1,2024-01-01\n"],
])("numbers and %s under one name are not joined", async (_, rest) => {
  const results = await dropping.drop(
    ["a.csv", "id,amount\n1,5\n"],
    ["b.csv", `id,amount\n${rest}`],
    ["c.csv", "id,amount\n2,6.5\n"],
  );
  expect(results).toMatchObject([
    { table: { rows: 2 }, notes: [{ note: "joined-files", files: ["a.csv", "c.csv"] }] },
    { table: { name: "b", rows: 1 }, notes: [] },
  ]);
});

test("files without a header are joined only within a folder, and only where their types are equal", async () => {
  const results = await dropping.drop(
    ["x/a.csv", "1,0.5\n2,0.7\n"],
    ["y/b.csv", "3,0.5\n4,0.7\n"],
    ["x/c.csv", "5,0.5\n6,0.7\n"],
    ["x/d.csv", "5,8\n6,9\n"],
  );
  expect(
    results.map((result) => result.state === "imported" && [result.table.name, result.table.rows]),
  ).toEqual([
    ["x", 4],
    ["d", 2],
    ["b", 2],
  ]);
});

test("files of one shape stay apart where that is asked for", async () => {
  const results = await dropping.import(
    [
      ["orders_01.csv", "id\n1\n"],
      ["orders_02.csv", "id\n2\n"],
    ],
    { separate: ["orders_01.csv", "orders_02.csv"] },
  );
  expect(results).toMatchObject([
    { state: "imported", table: { name: "orders_01", rows: 1 }, notes: [] },
    { state: "imported", table: { name: "orders_02", rows: 1 }, notes: [] },
  ]);
});

test("sheets stay apart where that is asked for, and the others of their workbook are left as they are", async () => {
  const sheet = (id: number) => [["id"], [id]];
  const book = workbook([
    ["May", sheet(1)],
    ["June", sheet(2)],
    ["People", [["name"], ["Ada"]]],
  ]);
  const file = [["shop.xlsx", new Uint8Array(book)]] as const;
  const first = await dropping.import(file);
  const note = first.flatMap((result) => (result.state === "imported" ? result.notes : []))[0];
  expect(note).toMatchObject({ note: "joined-files", files: ["shop_May", "shop_June"] });
  const before = dropping.tables.list().map(({ name }) => name);
  const parts = await dropping.import(file, { separate: ["shop_May", "shop_June"] });
  expect(parts).toMatchObject([{ table: { name: "shop_may" } }, { table: { name: "shop_june" } }]);
  expect(dropping.tables.list().map(({ name }) => name)).toEqual([...before, "shop_may", "shop_june"].sort());
});

test("where one of the files that are to stay apart is refused, none comes in", async () => {
  const files = [
    ["orders_01.csv", "id\n1\n"],
    ["orders_02.csv", ""],
  ] as const;
  const results = await dropping.import(files, { separate: ["orders_01.csv", "orders_02.csv"] });
  expect(results).toMatchObject([{ state: "refused", file: "orders_02.csv", refusal: { why: "empty" } }]);
  expect(dropping.tables.list()).toEqual([]);
});

test.each(["joining", "rejected rows", "the commit"] as const)(
  "where %s cannot be written, every file of the group is refused and no draft stays",
  async (failing) => {
    const drafts = (): Row[] => dropping.tables.database.rows("SELECT table_name FROM duckdb_tables()");
    const before = drafts();
    const insert: unknown = Reflect.get(TableDraft.prototype, "insert");
    // One for the rows of each part, one for those of each that are joined, and one for what was rejected.
    const whole = { joining: 3, "rejected rows": 4, "the commit": 5 }[failing];
    let inserted = 0;
    vi.spyOn(TableDraft.prototype, "insert").mockImplementation(function (this: TableDraft, rows) {
      if (inserted++ === whole) throw new Error("no room");
      Reflect.apply(insert as () => void, this, [rows]);
    });
    vi.spyOn(TableDraft.prototype, "commit").mockRejectedValue(new Error("no room"));
    const results = await dropping.drop(
      ["parts/a.ndjson", '{"id":1}\n?\n'],
      ["parts/b.ndjson", '{"id":2}\n'],
    );
    vi.restoreAllMocks();
    const refusal = { why: "unreadable", message: "no room", line: null };
    expect(results).toEqual([
      { state: "refused", file: "parts/a.ndjson", refusal },
      { state: "refused", file: "parts/b.ndjson", refusal },
    ]);
    expect(inserted).toBe(Math.min(whole + 1, 5));
    expect(drafts()).toEqual(before);
  },
);

test("a column without a value in one file has the type that it has in the others", async () => {
  await dropping.drop(["sales_01.csv", "id,amount\n1,10\n2,20\n"], ["sales_02.csv", "id,amount\n3,\n4,\n"]);
  expect(dropping.types("sales")).toEqual({ id: "BIGINT", amount: "BIGINT", file: "VARCHAR" });
  expect(dropping.tables.describe("sales").columns.map(({ role }) => role)).toContain("amount");
  expect(dropping.rows("sales").map(({ amount }) => amount)).toEqual([10, 20, null, null]);
});
