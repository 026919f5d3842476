import { expect, test } from "vitest";
import { fieldText, findField, noField } from "../../../src/engine/csv/field.ts";
import { ArrowFields, type Rejected } from "../../../src/engine/csv/fields.ts";
import type { Kind } from "../../../src/engine/csv/kind.ts";
import { RowReader, type Delimiter, type Rows } from "../../../src/engine/csv/rows.ts";
import { Survey } from "../../../src/engine/csv/survey.ts";

/** Rows of columns that are given as lists of fields. */
function rowsOf(columns: readonly (readonly string[])[], delimiter: Delimiter): Rows {
  const lines = columns[0]!.map((_, row) => columns.map((column) => column[row]).join(delimiter));
  return new RowReader(delimiter).read(new TextEncoder().encode(lines.join("\n")), true);
}

function kindsOf(columns: readonly (readonly string[])[], delimiter: Delimiter = ";"): Kind[] {
  const survey = new Survey(columns.length, delimiter);
  survey.add(rowsOf(columns, delimiter), 0);
  return survey.kinds;
}

function values(fields: readonly string[], kind: Kind): { values: unknown[]; rejected: Rejected[] } {
  const rejected: Rejected[] = [];
  const column = new ArrowFields(0, kind, (value) => rejected.push(value));
  const rows = rowsOf([fields], ";");
  column.add(rows, 0, rows.count);
  return { values: Array.from(column.take()), rejected };
}

test.each<[Kind, readonly string[]]>([
  ["integer", ["1", "-20", "300000"]],
  ["double", ["1.5", "2", ".5", "1e-3"]],
  ["double", ["1.234", "2.500"]],
  ["double-decimal-comma", ["12,5", "1", "-0,125"]],
  ["double-decimal-comma", ["1.234,56", "1.234", "7"]],
  ["double-decimal-comma", ["1 234,50", "12 345 678,00"]],
  ["double-decimal-comma", ["1\u00a0234", "12,5"]],
  ["integer-decimal-comma", ["1.234.567", "1.234"]],
  ["double-grouped", ["1,234.50", "3", "2.5"]],
  ["double-grouped", ["1'234.50", "3"]],
  ["integer-grouped", ["1,234,567", "1,234"]],
  ["text", ["1,234", "5,678"]],
  ["text", ["1,23.4"]],
  ["text", ["12,34,567"]],
  ["text", ["€ 12,50", "€ 13,00"]],
  ["text", ["12 %"]],
  ["text", ["123 456"]],
  ["text", ["007", "008"]],
  ["text", ["0,5", "007"]],
  ["text", ["9.007.199.254.740.993"]],
  ["text", ["+4915112345678"]],
  ["text", ["19970101", "abc"]],
  ["integer", ["19970101"]],
  ["timestamp", ["2024-01-01T10:00:00Z", "2024-01-01T10:00:00.123+02:00", "2024-01-02"]],
  ["timestamp", ["2019-10-01 00:00:00 UTC"]],
  ["timestamp-month-first", ["12/31/2024 11:59 PM"]],
  ["date-day-first", ["1.2.2024", "13.2.2024"]],
  ["boolean", ["true", "FALSE", "NA"]],
])("%s is what a column of %j is", (kind, fields) => {
  expect(kindsOf([fields])).toEqual([kind]);
});

test("what a comma means in a number can be told by another column of the file", () => {
  expect(kindsOf([["1.234"], ["1,234"], ["12,50"], ["7"]])).toEqual([
    "integer-decimal-comma",
    "double-decimal-comma",
    "double-decimal-comma",
    "integer",
  ]);
  expect(kindsOf([["1.234"], ["1,234"], ["12.50"], ["7"]])).toEqual([
    "double",
    "integer-grouped",
    "double",
    "integer",
  ]);
  expect(kindsOf([["1,234"], ["12.50"], ["12,50"]])).toEqual(["text", "double", "double-decimal-comma"]);
});

test("between commas, a quoted comma parts thousands, and decimals where every number has them so", () => {
  const kinds = (...columns: readonly string[][]) => kindsOf(columns, ",");
  expect(kinds(['"1,234"', '"56,789"'])).toEqual(["integer-grouped"]);
  expect(kinds(['"12,5"', '"1.234,75"', "3"])).toEqual(["double-decimal-comma"]);
  expect(kinds(['"12,5"', '"13,5"'], ['"1,234"', '"5,678"'])).toEqual([
    "double-decimal-comma",
    "double-decimal-comma",
  ]);
  expect(kinds(['"12,5"', "13.5"])).toEqual(["text"]);
  expect(kinds(["1.234", "12"])).toEqual(["double"]);
});

test("between commas, what has quoted commas beside decimals with a point is a list, and stays text", () => {
  const lists = ['"3,12"', '"4,7"'];
  expect(kindsOf([lists, ["9.99", "5.50"], ['"1,234"', "56"]], ",")).toEqual([
    "text",
    "double",
    "integer-grouped",
  ]);
  expect(kindsOf([lists, ['"1,234,567"', "8"]], ",")).toEqual(["text", "integer-grouped"]);
});

test.each<[Kind, readonly string[], readonly unknown[]]>([
  ["double-decimal-comma", ["12,5", "-1.234,56", "3", "1\u00a0234"], [12.5, -1234.56, 3, 1234]],
  ["integer-decimal-comma", ["1.234.567", "8"], [1234567, 8]],
  ["double-grouped", ["1,234.50", "2.5", "1e3", "1'000"], [1234.5, 2.5, 1000, 1000]],
  ["integer-grouped", ["-1,234", "5"], [-1234, 5]],
  ["boolean", ["true", "0", "FALSE", "1"], [true, false, false, true]],
  ["date-compact", ["19970101", "20240229"], [Date.UTC(1997, 0, 1), Date.UTC(2024, 1, 29)]],
  ["timestamp-seconds", ["881250949", "-1", "0.5"], [881250949000, -1000, 500]],
  ["timestamp-milliseconds", ["1433221332117"], [1433221332117]],
  [
    "timestamp",
    ["2024-01-01T10:00:00.5+02:00", "9999-12-31 23:59:59"],
    [Date.UTC(2024, 0, 1, 8, 0, 0, 500), Date.UTC(9999, 11, 31, 23, 59, 59)],
  ],
])("%s is read from %j", (kind, fields, expected) => {
  const { values: read, rejected } = values(fields, kind);
  expect(read.map((value) => (typeof value === "bigint" ? Number(value) : value))).toEqual(expected);
  expect(rejected).toEqual([]);
});

test.each<[Kind, string]>([
  ["integer", "1.5"],
  ["integer", "9007199254740993"],
  ["double", "12,5"],
  ["double", "."],
  ["double", "0x1F"],
  ["integer-grouped", "1,23"],
  ["double-decimal-comma", "1,234,567"],
  ["boolean", "yes"],
  ["date", "2024-02-30"],
  ["date", "2024-02-01 10:00"],
  ["date-day-first", "2/13/2024"],
  ["date-compact", "19971301"],
  ["date-compact", "1997-1-1"],
  ["timestamp", "1/2/2024"],
  ["timestamp-seconds", "soon"],
  ["timestamp-milliseconds", "1e300"],
])("a column that must be %s gives %j back", (kind, field) => {
  const { values: read, rejected } = values(["", field, "NA"], kind);
  expect(read).toEqual([null, null]);
  expect(rejected).toEqual([
    { line: 2, column: 0, value: field, reason: expect.stringMatching(/^expected \w/) as string },
  ]);
});

test("a kind that is given is not guessed", () => {
  const survey = new Survey(2, "\t", ["text", null]);
  survey.add(rowsOf([["1"], ["2"]], "\t"), 0);
  expect(survey.kinds).toEqual(["text", "integer"]);
});

/** The texts of all fields, read piece by piece. */
function split(text: string, delimiter: Delimiter, pieces: number): string[][] {
  const reader = new RowReader(delimiter);
  const bytes = new TextEncoder().encode(text);
  const size = Math.ceil(bytes.length / pieces);
  const texts: string[][] = [];
  for (let i = 0; i < pieces; i++) {
    const rows = reader.read(bytes.subarray(i * size, (i + 1) * size), i === pieces - 1);
    for (let row = 0; row < rows.count; row++) texts.push(rowTexts(rows, row));
  }
  return texts;
}

function rowTexts(rows: Rows, row: number): string[] {
  return Array.from({ length: rows.first[row + 1]! - rows.first[row]! }, (_, index) => {
    const field = noField();
    findField(rows, row, index, field);
    return fieldText(rows, field);
  });
}

test.each<[Delimiter, string, string[][]]>([
  [
    "::",
    "1::Toy: Story::a\n2::::b\n",
    [
      ["1", "Toy: Story", "a"],
      ["2", "", "b"],
    ],
  ],
  [
    "whitespace",
    " 00001 19970101  1   11.77\n \t \n2\t3 4  5  \r\n",
    [
      ["00001", "19970101", "1", "11.77"],
      ["2", "3", "4", "5"],
    ],
  ],
  [
    ",",
    'a,"b\nc","d ""e"""\r\n\r\n"x"y,,"z"',
    [
      ["a", "b\nc", 'd "e"'],
      ['"x"y', "", "z"],
    ],
  ],
  ["\x1f", "a\x1fb\n", [["a", "b"]]],
])("fields between %j are found, wherever the text is cut", (delimiter, text, expected) => {
  for (let pieces = 1; pieces <= text.length; pieces++)
    expect(split(text, delimiter, pieces)).toEqual(expected);
});
