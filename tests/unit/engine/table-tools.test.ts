import { beforeAll, expect, test } from "vitest";
import { tableFromArrow } from "../../../src/data/arrow.ts";
import { createDataEngine } from "../../../src/engine/engine.ts";
import type { DataEngine } from "../../../src/protocol/data.ts";
import type { ColumnFilter, ColumnKind, RowsQuery } from "../../../src/protocol/table-info.ts";
import { duckdbModule } from "./module.ts";

let engine: DataEngine;
const ignore = (): void => undefined;

async function importText(name: string, text: string): Promise<void> {
  const file = new File([text], name);
  const [result] = await engine.importFiles("n", [{ file, path: name }], null, ignore);
  expect(result).toMatchObject({ state: "imported" });
}

async function rows(table: string, query: Partial<RowsQuery>): Promise<object[]> {
  const whole = { offset: 0, limit: 100, sort: null, filters: [], ...query };
  return tableFromArrow(await engine.rows("n", table, whole)).toArray();
}

beforeAll(async () => {
  engine = createDataEngine(duckdbModule);
  await engine.open("n", { truth: true, writable: true });
  await importText(
    "people.csv",
    'id,name,score,day,member\n1,Ada,3.5,2024-01-02,true\n2,"50% off_x",,2024-03-01,false\n3,grace,-1,2023-12-31,true\n4,ADA,3.5,,\n',
  );
});

test("rows are sorted by a column, equal ones in their order and missing ones last", async () => {
  const ids = async (column: string, descending: boolean) =>
    (await rows("people", { sort: { column, descending } })).map((row) => (row as { id: number }).id);
  expect(await ids("score", false)).toEqual([3, 1, 4, 2]);
  expect(await ids("score", true)).toEqual([1, 4, 3, 2]);
  expect(await ids("day", true)).toEqual([2, 1, 3, 4]);
  expect(
    await rows("people", { sort: { column: "score", descending: false }, offset: 1, limit: 2 }),
  ).toMatchObject([{ id: 1 }, { id: 4 }]);
});

test.each([
  [{ column: "name", is: "contains", value: "ada" }, [1, 4]],
  [{ column: "name", is: "contains", value: "%" }, [2]],
  [{ column: "name", is: "contains", value: "f_x" }, [2]],
  [{ column: "name", is: "equal", value: "ADA" }, [4]],
  [{ column: "score", is: "greater", value: "3" }, [1, 4]],
  [{ column: "score", is: "unequal", value: "3.5" }, [2, 3]],
  [{ column: "score", is: "missing", value: "" }, [2]],
  [{ column: "day", is: "less", value: "2024-01-02" }, [3]],
  [{ column: "day", is: "present", value: "" }, [1, 2, 3]],
  [{ column: "member", is: "equal", value: "TRUE" }, [1, 3]],
  [{ column: "score", is: "contains", value: "3.5" }, [1, 4]],
] as [ColumnFilter, number[]][])("the filter %j lets through %j", async (filter, ids) => {
  expect((await rows("people", { filters: [filter] })).map((row) => (row as { id: number }).id)).toEqual(ids);
  expect(await engine.countRows("n", "people", [filter])).toBe(ids.length);
});

test.each([
  [{ column: "score", is: "greater", value: "much" }, 'column "score": expected a number, got "much"'],
  [{ column: "day", is: "less", value: "yesterday" }, 'column "day": expected a date such as 2024-12-31'],
  [{ column: "member", is: "equal", value: "1" }, 'column "member": expected true or false, got "1"'],
  [{ column: "nope", is: "missing", value: "" }, 'no column "nope"'],
] as [ColumnFilter, string][])("the filter %j is refused", async (filter, message) => {
  await expect(engine.countRows("n", "people", [filter])).rejects.toThrow(message);
});

test("a sorted table that a cell changes is sorted anew", async () => {
  await importText("changing.csv", "x\n2\n1\n");
  const sort = { column: "x", descending: false };
  expect(await rows("changing", { sort })).toEqual([{ x: 1 }, { x: 2 }]);
  const { port1, port2 } = new MessageChannel();
  await engine.connect("n", port1);
  const { wrap } = await import("comlink");
  const data = wrap<{ query(sql: string, parameters: []): Promise<Uint8Array> }>(port2);
  await data.query("update changing set x = 9 where x = 1", []);
  expect(await rows("changing", { sort })).toEqual([{ x: 2 }, { x: 9 }]);
  port2.close();
});

test("a summary counts numbers, dates, texts and what is missing", async () => {
  expect(await engine.summary("n", "people", "score")).toEqual({
    rows: 4,
    missing: 1,
    distinct: 2,
    distinctIsEstimate: false,
    range: { min: -1, max: 3.5, mean: 2, median: 3.5 },
    histogram: [1, ...Array<number>(22).fill(0), 2],
    top: [
      { value: "3.5", count: 2 },
      { value: "-1.0", count: 1 },
    ],
  });
  const day = await engine.summary("n", "people", "day");
  expect(day.range).toMatchObject({
    min: Date.UTC(2023, 11, 31),
    max: Date.UTC(2024, 2, 1),
    median: Date.UTC(2024, 0, 2),
  });
  expect(day.histogram!.reduce((sum, count) => sum + count, 0)).toBe(3);
  expect(await engine.summary("n", "people", "name")).toMatchObject({
    distinct: 4,
    range: null,
    histogram: null,
  });
  expect((await engine.summary("n", "people", "member")).top).toEqual([
    { value: "true", count: 2 },
    { value: "false", count: 1 },
  ]);
});

test("a summary of a column with nothing in it, and of numbers that are not finite", async () => {
  await importText("odd.csv", "empty,x\n,1\n,2\n");
  expect(await engine.summary("n", "odd", "empty")).toMatchObject({
    missing: 2,
    distinct: 0,
    range: null,
    top: [],
  });
  const { port1, port2 } = new MessageChannel();
  await engine.connect("n", port1);
  const { wrap } = await import("comlink");
  const data = wrap<{ query(sql: string, parameters: []): Promise<Uint8Array> }>(port2);
  await data.query("create table wild as select unnest(['nan'::double, 'inf'::double, 3, 3]) as x", []);
  port2.close();
  expect(await engine.summary("n", "wild", "x")).toMatchObject({
    distinct: 3,
    range: { min: 3, max: 3, mean: 3, median: 3 },
    histogram: [2],
  });
});

const mixed = 'v\n12\n12.5\nyes\n"1.234,5"\n2024-02-03\n03/02/2024 10:30\nabc\n';

test("what each type would cost is counted before, with examples", async () => {
  await importText("mixed.csv", mixed);
  const losses = await engine.typeLosses("n", "mixed", "v");
  const lost = Object.fromEntries(losses.map(({ kind, lost: count }) => [kind, count]));
  expect(lost).toEqual({ text: 0, boolean: 6, integer: 6, double: 5, date: 6, timestamp: 6 });
  expect(losses.find(({ kind }) => kind === "double")!.examples).toHaveLength(3);
});

test("a column takes another type, and what does not fit goes to the rejected rows", async () => {
  await importText("typed.csv", "id,v\n1,7\n2,x7\n3,8.5\n4,\n");
  const { table: info } = await engine.retype("n", "typed", "v", "double", null);
  expect(info.columns[1]).toMatchObject({ name: "v", sqlType: "DOUBLE" });
  expect(await rows("typed", {})).toEqual([
    { id: 1, v: 7 },
    { id: 2, v: null },
    { id: 3, v: 8.5 },
    { id: 4, v: null },
  ]);
  expect(await rows("typed_rejected", {})).toEqual([
    {
      file: "typed.csv",
      line: null,
      column_name: "v",
      value: "x7",
      reason: "row 2: expected a number",
    },
  ]);
  await engine.retype("n", "typed", "v", "integer", null);
  expect(await rows("typed", {})).toMatchObject([{ v: 7 }, { v: null }, { v: null }, { v: null }]);
  expect(await rows("typed_rejected", {})).toHaveLength(2);
});

test.each([
  ["day first", "d\n13/02/2024\n01/03/2024\n", "date", ["2024-02-13", "2024-03-01"]],
  ["month first", "d\n02/13/2024\n01/03/2024\n", "date", ["2024-02-13", "2024-01-03"]],
  ["compact numbers", "d\n19970101\n19971231\n", "date", ["1997-01-01", "1997-12-31"]],
] as [string, string, ColumnKind, string[]][])(
  "dates are read %s as all of the column allows",
  async (name, text, kind, days) => {
    await importText(
      `${name.replaceAll(" ", "_")}.csv`,
      text.replace("d\n", "d,x\n").replaceAll(/(\d)\n/g, "$1,a\n"),
    );
    const table = name.replaceAll(" ", "_");
    await engine.retype("n", table, "d", kind, null);
    expect((await rows(table, {})).map((row) => (row as { d: Date }).d.toISOString().slice(0, 10))).toEqual(
      days,
    );
  },
);

test.each([
  ["commas", ["0,5", "1,234", "12,75"], [0.5, 1.234, 12.75]],
  ["points", ["0.5", "1,234", "12.75"], [0.5, 1234, 12.75]],
  ["neither", ["1,234", "12"], [null, 12]],
  ["both", ["0,5", "1,5", "2.5"], [0.5, 1.5, null]],
] as [string, string[], (number | null)[]][])(
  "numbers with %s before decimals are read by one rule a column",
  async (name, texts, numbers) => {
    await importText(`decimals_${name}.csv`, `v\n${texts.map((text) => `"${text}"`).join("\n")}\n`);
    await engine.retype("n", `decimals_${name}`, "v", "text", null);
    const losses = await engine.typeLosses("n", `decimals_${name}`, "v");
    const lost = numbers.filter((each) => each === null).length;
    expect(losses.find(({ kind }) => kind === "double")).toMatchObject({ lost });
    await engine.retype("n", `decimals_${name}`, "v", "double", null);
    expect(await rows(`decimals_${name}`, {})).toEqual(numbers.map((v) => ({ v })));
  },
);

test("a day that could as well be a month is no date, unless both are the same day", async () => {
  await importText("either.csv", "d,x\n03/04/2024,a\n05/05/2024,b\n");
  const losses = await engine.typeLosses("n", "either", "d");
  for (const kind of ["date", "timestamp"])
    expect(losses.find((each) => each.kind === kind)).toMatchObject({ lost: 1, examples: ["03/04/2024"] });
  await engine.retype("n", "either", "d", "date", null);
  expect(await rows("either", {})).toMatchObject([{ d: null }, { d: new Date("2024-05-05") }]);
});

test("where a day could be a month, a person says which stands first", async () => {
  await importText("asked.csv", "d,x\n05/05/2024,a\n03/04/2024,b\n");
  const reading = (order: string, date: string) => ({ order, text: "03/04/2024", date });
  const losses = await engine.typeLosses("n", "asked", "d");
  expect(losses.filter(({ kind }) => kind === "date")).toEqual([
    { kind: "date", lost: 1, examples: ["03/04/2024"], reading: null },
    { kind: "date", lost: 0, examples: [], reading: reading("day-first", "2024-04-03") },
    { kind: "date", lost: 0, examples: [], reading: reading("month-first", "2024-03-04") },
  ]);
  await engine.retype("n", "asked", "d", "date", "month-first");
  expect(await rows("asked", {})).toMatchObject([
    { d: new Date("2024-05-05") },
    { d: new Date("2024-03-04") },
  ]);
});

test("seconds in an INTEGER column are times", async () => {
  const { port1, port2 } = new MessageChannel();
  await engine.connect("n", port1);
  const { wrap } = await import("comlink");
  const data = wrap<{ query(sql: string, parameters: []): Promise<Uint8Array> }>(port2);
  await data.query("create table seconds as select 1600000000::integer as s", []);
  port2.close();
  const losses = await engine.typeLosses("n", "seconds", "s");
  expect(losses.find(({ kind }) => kind === "timestamp")).toMatchObject({ lost: 0 });
});

test("what a retyped column of several files loses is told with the file of its row", async () => {
  const files = ["a", "b"].map((v, i) => ({
    file: new File([`v,x\n${v}${i},1\n`], `both_${i}.csv`),
    path: `both_${i}.csv`,
  }));
  await engine.importFiles("n", files, "parts", ignore);
  await engine.retype("n", "parts", "v", "integer", null);
  expect(await rows("parts_rejected", {})).toMatchObject([
    { file: "both_0.csv", line: null, value: "a0", reason: "row 1: expected a whole number" },
    { file: "both_1.csv", line: null, value: "b1", reason: "row 2: expected a whole number" },
  ]);
});

test("there is no way back from a retyped column once a cell changed tables", async () => {
  await importText("undone.csv", "v\n1\nx\n");
  const { port1, port2 } = new MessageChannel();
  await engine.connect("n", port1);
  const { wrap } = await import("comlink");
  const data = wrap<{ query(sql: string, parameters: []): Promise<Uint8Array> }>(port2);
  const first = await engine.retype("n", "undone", "v", "integer", null);
  await data.query("select * from undone", []);
  await engine.undoRetype("n", first.undo!);
  expect(await rows("undone", {})).toEqual([{ v: "1" }, { v: "x" }]);
  const second = await engine.retype("n", "undone", "v", "integer", null);
  await data.query("insert into undone values (2)", []);
  await expect(engine.undoRetype("n", second.undo!)).rejects.toThrow("tables were changed since");
  port2.close();
});

test("a type that is none is refused", async () => {
  await expect(engine.retype("n", "people", "score", "money" as ColumnKind, null)).rejects.toThrow(
    /expected one of text/,
  );
});

test("roles go to one column each, and stay with the table", async () => {
  const first = await engine.setRoles("n", "people", { id: "user", day: "time" });
  expect(first.columns.map(({ role }) => role)).toEqual(["user", null, null, "time", null]);
  const second = await engine.setRoles("n", "people", { name: "user" });
  expect(second.columns.map(({ role }) => role)).toEqual([null, "user", null, "time", null]);
  await expect(engine.setRoles("n", "people", { nope: "user" })).rejects.toThrow('no column "nope"');
  await expect(engine.setRoles("n", "people", { id: "item", name: "item" })).rejects.toThrow('"item" twice');
  await expect(engine.setRoles("n", "people", { id: "boss" as never })).rejects.toThrow(
    /expected a role of user/,
  );
});
