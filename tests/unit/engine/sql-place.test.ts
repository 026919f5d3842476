import { expect, test } from "vitest";
import { placeOfMessage } from "../../../src/engine/sql-place.ts";

test("a caret below the quoted line is a place in the statement", () => {
  const sql = "select 1,\n  nope from t";
  const message = "Binder Error: no nope\nCandidates: a\n\nLINE 2:   nope from t\n          ^";
  expect(placeOfMessage(message, sql)).toEqual({
    message: "Binder Error: no nope\nCandidates: a",
    place: { line: 2, column: 3 },
  });
});

test("a message that quotes no line has no place", () => {
  expect(placeOfMessage("Out of Memory Error: no room", "select 1")).toEqual({
    message: "Out of Memory Error: no room",
    place: null,
  });
});

test("what is said below the caret is kept", () => {
  const message = 'Catalog Error: no a\n\nLINE 1: from a\n             ^\ntable "a" could not be read';
  expect(placeOfMessage(message, "from a")).toEqual({
    message: 'Catalog Error: no a\ntable "a" could not be read',
    place: { line: 1, column: 6 },
  });
});

test("letters that are two columns wide count once", () => {
  const sql = "select '客户客户' as 名, nope";
  const message = `Binder Error: no\n\nLINE 1: ${sql}\n${" ".repeat(8 + 25)}^`;
  expect(placeOfMessage(message, sql).place).toEqual({ line: 1, column: sql.indexOf("nope") + 1 });
});

test("a line that was cut at both ends is found again", () => {
  const sql = `select ${"a".repeat(90)}, nope, ${"b".repeat(90)}`;
  const quote = `...${sql.slice(50, 150)}...`;
  const message = `Binder Error: no\n\nLINE 1: ${quote}\n${" ".repeat(8 + 3 + sql.indexOf("nope") - 50)}^`;
  expect(placeOfMessage(message, sql).place).toEqual({ line: 1, column: sql.indexOf("nope") + 1 });
});
