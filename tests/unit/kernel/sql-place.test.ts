import { expect, test } from "vitest";
import { placeOfMessage } from "../../../src/kernel/sql-place.ts";

test("a caret below the quoted line is a place in the statement", () => {
  const sql = "select 1,\n  nope from t";
  const message = "Binder Error: no nope\nCandidates: a\n\nLINE 2:   nope from t\n          ^";
  expect(placeOfMessage(message, sql)).toEqual({
    message: "Binder Error: no nope\nCandidates: a",
    offset: sql.indexOf("nope"),
  });
});

test("a message that quotes no line has no place", () => {
  expect(placeOfMessage("Out of Memory Error: no room", "select 1")).toEqual({
    message: "Out of Memory Error: no room",
    offset: null,
  });
});

test("letters that are two columns wide count once", () => {
  const sql = "select '客户客户' as 名, nope";
  const message = `Binder Error: no\n\nLINE 1: ${sql}\n${" ".repeat(8 + 25)}^`;
  expect(placeOfMessage(message, sql).offset).toBe(sql.indexOf("nope"));
});

test("a line that was cut at both ends is found again", () => {
  const sql = `select ${"a".repeat(90)}, nope, ${"b".repeat(90)}`;
  const quote = `...${sql.slice(50, 150)}...`;
  const message = `Binder Error: no\n\nLINE 1: ${quote}\n${" ".repeat(8 + 3 + sql.indexOf("nope") - 50)}^`;
  expect(placeOfMessage(message, sql).offset).toBe(sql.indexOf("nope"));
});
