import { expect, test } from "vitest";
import { daysSince1970, Moment } from "../../../src/engine/csv/moment.ts";

function read(text: string): Moment | null {
  const bytes = new TextEncoder().encode(`x${text}1`);
  const moment = new Moment();
  return moment.read(bytes, 1, bytes.length - 1) ? moment : null;
}

test("every day from 1600 to 2400 has its number, and no other day has one", () => {
  for (let year = 1600; year <= 2400; year++)
    for (let month = 1; month <= 12; month++)
      for (const day of [1, 28, 29, 30, 31]) {
        const date = new Date(Date.UTC(year, month - 1, day));
        const expected = date.getUTCDate() === day ? date.getTime() / 86_400_000 : null;
        if (daysSince1970(year, month, day) !== expected) expect.fail(`${year}-${month}-${day}`);
      }
  expect(daysSince1970(2024, 0, 1)).toBeNull();
  expect(daysSince1970(2024, 13, 1)).toBeNull();
});

test("a moment is read with its parts in the order they stand", () => {
  expect(read("2024-02-29")).toMatchObject({ a: 2024, b: 2, c: 29, yearFirst: true, hasTime: false });
  expect(read("1.12.2024")).toMatchObject({ a: 1, b: 12, c: 2024, yearFirst: false, separator: "." });
  expect(read("12/31/2010 8:26")).toMatchObject({ a: 12, b: 31, c: 2010, separator: "/", hasTime: true });
});

test("nothing of one moment is left in the next", () => {
  const moment = new Moment();
  const texts = ["2024-02-29 10:30:05", "2024-02-30", "2024-02-29T10:30+02:00", "2024-03-01"];
  const read = texts.map((text) => {
    const bytes = new TextEncoder().encode(text);
    return [moment.read(bytes, 0, bytes.length), moment.hasTime, moment.time, moment.offset];
  });
  expect(read).toEqual([
    [true, true, 37_805_000_000, 0],
    [true, false, 0, 0],
    [true, true, 37_800_000_000, 120],
    [true, false, 0, 0],
  ]);
});

const hour = 3_600_000_000;

test.each([
  ["2024-02-29 10:30", 10.5 * hour, 0],
  ["2024-02-29T10:30:05.25+02:00", 10.5 * hour + 5_250_000, 120],
  ["2024-02-29 10:30:00-0530", 10.5 * hour, -330],
  ["2024-02-29 10:30:00 +08", 10.5 * hour, 480],
  ["2024-02-29T10:30:00.123456789Z", 10.5 * hour + 123_456, 0],
  ["2024-02-29T10:30:00,5Z", 10.5 * hour + 500_000, 0],
  ["2019-10-01 00:00:00 UTC", 0, 0],
  ["1/2/2024 12:05 AM", 300_000_000, 0],
  ["1/2/2024 12:05:00 pm", 12 * hour + 300_000_000, 0],
  ["1/2/2024 1:00PM", 13 * hour, 0],
])("%s has its time of day and its distance from UTC", (text, time, offset) => {
  expect(read(text)).toMatchObject({ hasTime: true, time, offset });
});

test.each([
  "",
  "2024",
  "2024-02",
  "24-02-01",
  "2024-02/01",
  "2024-02-011",
  "2024-02-01 ",
  "2024-02-01 24:00",
  "2024-02-01 24:00:00",
  "2024-02-01 10:00:60",
  "2024-02-01 1o:00:00",
  "2024-02-01 10-00:00",
  "2024-02-01_10:00:00",
  "2024-0a-01",
  "2024-02.01",
  "2024-02-01 10:60",
  "2024-02-01 10:00:00.",
  "2024-02-01 10:00 ",
  "2024-02-01 10:00+2",
  "2024-02-01 10:00+02:0",
  "2024-02-01 10:00ZZ",
  "2024-02-01 13:00 PM",
  "2024-02-01 10:00 XM",
  "1-2-34",
  "10:30",
  "2024-02-01x",
])("%j is no moment", (text) => {
  expect(read(text)).toBeNull();
});
