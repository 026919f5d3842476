import { expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.ts";
import { newNotebook } from "../../../src/notebook/create.ts";
import { writeIpynb } from "../../../src/notebook/formats/ipynb.ts";
import { readNotebook } from "../../../src/notebook/formats/read.ts";
import { UnreadableNotebook, type Unreadable } from "../../../src/notebook/formats/unreadable.ts";
import { shellText } from "../../../src/text/shell.ts";

const random = () => seededRandom(1);
const notebook = newNotebook(random(), "Kept");

test("a file that is no notebook is refused by name, with what is wrong", () => {
  const refused = (text: string, file = "broken.ipynb"): string => {
    try {
      readNotebook(text, file, random());
      return "read";
    } catch (error) {
      return (error as Error).message;
    }
  };
  const named = 'cannot open "broken.ipynb" as a notebook: ';
  expect(refused('{"cells": [\n')).toBe(
    `${named}its JSON breaks off or breaks the rules at line 2, column 1`,
  );
  expect(refused('{"cells":\n  [oops]}')).toMatch(/at line 2, column 4$/);
  expect(refused('{"cells": [1, {"a": tru')).toMatch(/at line 1, column 21$/);
  expect(refused('{"cells": [1 2]}')).toMatch(/at line 1, column 14$/);
  expect(refused('{"cells": [],}')).toMatch(/at line 1, column 14$/);
  expect(refused('{"cells" []}')).toMatch(/at line 1, column 10$/);
  expect(refused('{"cells": []}\n}')).toMatch(/at line 2, column 1$/);
  expect(refused('{"cells": [1,')).toMatch(/at line 1, column 14$/);
  expect(refused('{"cells": ["a\\u00zz"]}')).toMatch(/at line 1, column 12$/);
  expect(refused('{"cells": {"a": [], "b": {}}, "c": "\\"\u0085", d}')).toMatch(/at line 1, column 43$/);
  expect(refused(`{"cells": ${"[".repeat(200_000)}`)).toMatch(/at line 1, column 200011$/);
  expect(refused(`{"cells": ["${"A".repeat(10_000_000)}", "cut`)).toMatch(/at line 1, column 10000016$/);
  expect(refused("")).toBe(`${named}the file is empty`);
  expect(refused(" \n ")).toMatch(/empty/);
  expect(refused("\u0089PNG\0\0")).toMatch(/binary data/);
  expect(refused("caf\uFFFD", "latin.md")).toMatch(/binary data/);
  expect(refused("[1, 2]")).toMatch(/no Jupyter notebook/);
  expect(refused("{}")).toMatch(/no Jupyter notebook/);
  expect(refused('{"nbformat": 4}')).toMatch(/no Jupyter notebook/);
  expect(refused('{"nbformat": 3, "worksheets": []}')).toMatch(/expected nbformat 4, got 3/);
  expect(refused('{"nbformat": 5, "cells": []}')).toMatch(/expected nbformat 4, got 5/);
  expect(refused("a,b\n1,2", "table.csv")).toMatch(/"table.csv".*ends in .ipynb or .md/);
});

test("a notebook is known by its content where its name says nothing", () => {
  expect(readNotebook(`\uFEFF${writeIpynb(notebook)}`, "notes.txt", random()).title).toBe(notebook.title);
  expect(readNotebook("# Hello", "x.MD", random()).title).toBe("Hello");
  expect(readNotebook("text only", "dir/Some notes.md", random()).title).toBe("Some notes");
});

test("a notebook may show the sign for a character that could not be read", () => {
  const shown = newNotebook(random(), "\uFFFD");
  expect(readNotebook(writeIpynb(shown), "a.ipynb", random()).title).toBe("\uFFFD");
});

test("every reason has words in both languages", () => {
  const whys: { readonly [why in Unreadable["why"]]: true } = {
    empty: true,
    "not-text": true,
    "not-json": true,
    "not-a-notebook": true,
    "old-format": true,
    "new-format": true,
    "broken-link": true,
    "unknown-format": true,
  };
  for (const words of [shellText.en, shellText["zh-CN"]])
    expect(
      Object.keys(words)
        .filter((key) => key.startsWith("unreadable-"))
        .sort(),
    ).toEqual(
      Object.keys(whys)
        .map((why) => `unreadable-${why}`)
        .sort(),
    );
  const error = new UnreadableNotebook("a.ipynb", { why: "old-format", version: 3 });
  expect([error.file, error.reason]).toEqual(["a.ipynb", { why: "old-format", version: 3 }]);
});
