import { expect, test } from "vitest";
import { daysSince1970, readMoment } from "../../../src/engine/csv/moment.ts";

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

test("a moment is read with its time and its distance from UTC", () => {
  expect(readMoment("2024-02-29T10:30:05.25+02:00")).toEqual({
    parts: [2024, 2, 29],
    order: "ymd",
    separator: "-",
    time: ((10 * 60 + 30) * 60 + 5.25) * 1e6,
    offset: 120,
  });
  expect(readMoment("2024-02-29 10:30:00-0530")?.offset).toBe(-330);
  expect(readMoment("1.12.2024")).toMatchObject({ parts: [1, 12, 2024], order: "unknown", time: null });
});

test.each([
  "2024-02",
  "24-02-01",
  "2024-02/01",
  "2024-02-01 24:00",
  "2024-02-01 10:60",
  "1-2-34",
  "10:30",
  "2024-02-01x",
])("%s is no moment", (text) => {
  expect(readMoment(text)).toBeNull();
});
