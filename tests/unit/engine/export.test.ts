import { parquetReadObjects } from "hyparquet";
import { beforeAll, expect, test } from "vitest";
import { tableFromArrow } from "../../../src/data/arrow.ts";
import { createDataEngine } from "../../../src/engine/engine.ts";
import type { DataEngine } from "../../../src/protocol/data.ts";
import { duckdbModule } from "./module.ts";

let engine: DataEngine;
const text =
  'id,name,score,day,at,member\r\n1,"Ada, ""the"" first",3.5,2024-01-02,2024-01-02T03:04:05,true\r\n2,顾客,,,,\r\n3," x ",-0.25,1969-12-31,2024-12-31T23:59:59.250,false\r\n';
const whole = { offset: 0, limit: 1000, sort: null, filters: [] };

beforeAll(async () => {
  engine = createDataEngine(duckdbModule);
  await engine.open("n", { truth: true, writable: true });
  const file = new File([text], "people.csv");
  await engine.importFiles("n", [{ file, path: "people.csv" }], null, () => undefined);
});

test("CSV comes out as it went in", async () => {
  let written = 0;
  const blob = await engine.exportTable("n", "people", "csv", (rows) => (written = rows));
  expect(await blob.text()).toBe(text);
  expect(written).toBe(3);
});

test("Parquet keeps types, text and what is missing", async () => {
  const blob = await engine.exportTable("n", "people", "parquet", () => undefined);
  const rows = await parquetReadObjects({ file: await blob.arrayBuffer() });
  expect(rows).toEqual([
    {
      id: 1n,
      name: 'Ada, "the" first',
      score: 3.5,
      day: new Date("2024-01-02"),
      at: new Date("2024-01-02T03:04:05Z"),
      member: true,
    },
    { id: 2n, name: "顾客", score: null, day: null, at: null, member: null },
    {
      id: 3n,
      name: " x ",
      score: -0.25,
      day: new Date("1969-12-31"),
      at: new Date("2024-12-31T23:59:59.250Z"),
      member: false,
    },
  ]);
});

test("Arrow keeps the rows as they are", async () => {
  const blob = await engine.exportTable("n", "people", "arrow", () => undefined);
  const bytes = new Uint8Array(await blob.arrayBuffer());
  expect(new TextDecoder().decode(bytes.subarray(0, 6))).toBe("ARROW1");
  expect(tableFromArrow(bytes).toArray()).toEqual(
    tableFromArrow(await engine.rows("n", "people", whole)).toArray(),
  );
});

test("a table of many pieces is written whole, and an empty one with its columns", async () => {
  const { port1, port2 } = new MessageChannel();
  await engine.connect("n", port1);
  const { wrap } = await import("comlink");
  const data = wrap<{ query(sql: string, parameters: []): Promise<Uint8Array> }>(port2);
  await data.query("create table long as select range as n, 'row ' || range as t from range(200000)", []);
  await data.query("create table bare as select 1 as n, 'x' as t where false", []);
  port2.close();
  const lines = (await (await engine.exportTable("n", "long", "csv", () => undefined)).text()).split("\r\n");
  expect([lines.length, lines[1], lines[200_000]]).toEqual([200_002, "0,row 0", "199999,row 199999"]);
  const arrow = await engine.exportTable("n", "long", "arrow", () => undefined);
  expect(tableFromArrow(new Uint8Array(await arrow.arrayBuffer())).numRows).toBe(200_000);
  const parquet = await engine.exportTable("n", "long", "parquet", () => undefined);
  expect(
    (await parquetReadObjects({ file: await parquet.arrayBuffer(), rowStart: 199_999, rowEnd: 200_000 }))[0],
  ).toEqual({ n: 199_999n, t: "row 199999" });
  expect(await (await engine.exportTable("n", "bare", "csv", () => undefined)).text()).toBe("n,t\r\n");
  const empty = await engine.exportTable("n", "bare", "arrow", () => undefined);
  expect(tableFromArrow(new Uint8Array(await empty.arrayBuffer())).columns).toEqual(["n", "t"]);
  const bare = await engine.exportTable("n", "bare", "parquet", () => undefined);
  expect(await parquetReadObjects({ file: await bare.arrayBuffer() })).toEqual([]);
});
