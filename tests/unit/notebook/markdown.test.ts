import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { seededRandom, type Random } from "../../../src/core/random.ts";
import { newCell, newNotebook } from "../../../src/notebook/create.ts";
import type { Cell } from "../../../src/notebook/document.ts";
import { readMarkdown, writeMarkdown } from "../../../src/notebook/formats/markdown.ts";
import type { Json } from "../../../src/specs/pack.ts";

type Part = readonly [kind: Cell["kind"], source: string, metadata?: { readonly [key: string]: Json }];

const read = (text: string) => readMarkdown(text, "file.md", seededRandom(1));
const parts = (text: string) => read(text).cells.map(({ kind, source }) => [kind, source]);
const write = (cells: readonly Part[], title = "T", metadata: { readonly [key: string]: Json } = {}) =>
  writeMarkdown(
    newNotebook(
      seededRandom(1),
      title,
      cells.map(([kind, source, own], i) => newCell(`c${i}`, kind, source, own)),
      metadata,
    ),
  );

test("fences of ts are code cells, what is between them is prose", () => {
  expect(parts("# A\n\ntext\n\n```ts\nconst a = 1\n\na\n```\nmore\n```typescript\n```\n")).toEqual([
    ["markdown", "# A\n\ntext"],
    ["code", "const a = 1\n\na"],
    ["markdown", "more"],
    ["code", ""],
  ]);
});

test("other fences stay in the prose, and so does what is in them", () => {
  const prose =
    "See:\n\n```js\n1\n```\n\n````md\n```ts\nno cell\n```\n````\n\n~~~ts\nno cell\n~~~\n\n   ```ts\n   no cell\n   ```";
  expect(parts(prose)).toEqual([["markdown", prose]]);
});

test("fences of sql are SQL cells, with the name of the result", () => {
  const text =
    '```sql name=monthly\nselect 1\n```\n\n```sql\n```\n\n```sql name=名 {"folded":true}\nfrom t\n```';
  expect(read(text).cells.map(({ kind, source, metadata }) => [kind, source, metadata])).toEqual([
    ["sql", "select 1", { name: "monthly" }],
    ["sql", "", {}],
    ["sql", "from t", { name: "名", folded: true }],
  ]);
  expect(write([["sql", "select 1", { name: "monthly" }]])).toContain("```sql name=monthly\nselect 1\n```\n");
});

test("a cell with backticks is written in a longer fence", () => {
  const text = write([["code", "const a = `\n```ts\n````\n`"]]);
  expect(text).toContain("`````ts\n");
  expect(parts(text)).toEqual([["code", "const a = `\n```ts\n````\n`"]]);
});

test("a notebook reads as Markdown a person would write", () => {
  const text = write([
    ["markdown", "# A\n\ntext"],
    ["markdown", "second"],
    ["code", "const a = 1\na"],
    ["code", "2"],
    ["markdown", "end"],
  ]);
  expect(text).toBe(
    "---\ntitle: T\n---\n\n# A\n\ntext\n\n<!-- cell -->\n\nsecond\n\n```ts\nconst a = 1\na\n```\n\n```ts\n2\n```\n\nend\n",
  );
});

test("a cell that is edited changes only its own lines", () => {
  const cells: Part[] = [
    ["markdown", "one"],
    ["code", "2"],
    ["markdown", "three"],
  ];
  const before = write(cells).split("\n");
  const after = write(cells.with(1, ["code", "2 + 2"])).split("\n");
  expect(after.filter((line, i) => line !== before[i])).toEqual(["2 + 2"]);
});

/** Prose that plain Markdown could not give back. */
const awkward = [
  "",
  "\n",
  "  ",
  "\n\nleading",
  "trailing\n",
  "```ts\na cell?\n```",
  "```\nunclosed",
  "a\n<!-- cell -->\nb",
  "<!-- prose -->\nx\n<!-- /prose -->",
  "<!-- /prose 2 -->\n```ts\n```\n<!-- /prose -->",
  "---\ntitle: x\n---",
  "---",
  "a\n\n---\n\nb",
  "> ```ts\n> x\n> ```",
  "- item\n\n  ```ts\n  x\n  ```",
];

for (const prose of awkward)
  test(`prose comes back as it was: ${JSON.stringify(prose)}`, () => {
    const cells: Part[] = [
      ["markdown", prose],
      ["markdown", "next"],
      ["code", "1"],
      ["markdown", prose],
    ];
    expect(parts(write(cells))).toEqual(cells);
  });

test("any cells come back as they were", () => {
  const pieces = [
    "```",
    "````ts",
    "~~~",
    "ts",
    "sql",
    "\n",
    "\n\n",
    " ",
    "<!-- cell -->",
    "<!-- prose -->",
    "<!-- /prose -->",
    "---",
    "a",
    "漢",
    "# h",
    "`",
  ];
  const text = (random: Random) =>
    Array.from({ length: random.integer(8) }, () => pieces[random.integer(pieces.length)]!).join("");
  for (let seed = 0; seed < 3000; seed++) {
    const random = seededRandom(seed);
    const cells = Array.from({ length: random.integer(5) }, (): Part => {
      const metadata: { [key: string]: Json } = random.next() < 0.2 ? { folded: true, note: "--> `ts`" } : {};
      if (random.next() < 0.3) metadata.name = random.next() < 0.5 ? "monthly" : "no name`";
      return [(["code", "sql", "markdown"] as const)[random.integer(3)]!, text(random), metadata];
    });
    const again = read(write(cells)).cells.map(({ kind, source, metadata }) => [kind, source, metadata]);
    expect(again, `seed ${seed}`).toEqual(cells);
  }
});

test("title and metadata stand in the front matter and come back", () => {
  const titles = [
    "First light",
    "初探流失",
    "a: b",
    "true",
    "12",
    "#1",
    "'quoted'",
    '"q" \\ x',
    "",
    " padded ",
    "null",
    "- a",
    "emoji 🙂",
  ];
  for (const title of titles) {
    const metadata = { language: "en", truth: false, n: 1.5, deep: { a: ["x: y"] }, text: "true" };
    const again = read(write([["code", "1"]], title, metadata));
    expect(again.title, title).toBe(title);
    expect(again.metadata).toEqual(metadata);
  }
  expect(write([], "First light")).toBe("---\ntitle: First light\n---\n\n\n");
});

test("front matter of other programs is read as far as it goes", () => {
  const { title, metadata, cells } = read(
    "---\ntitle: 'It''s'\ntags:\n  - a\n# note\ndraft: true\n---\ntext",
  );
  expect(title).toBe("It's");
  expect(metadata).toMatchObject({ draft: true });
  expect(cells.map(({ source }) => source)).toEqual(["text"]);
});

test("prose between two rules is prose, not front matter", () => {
  expect(parts("---\nFirst words.\n\nMore.\n---\n\n# Title")).toEqual([
    ["markdown", "---\nFirst words.\n\nMore.\n---\n\n# Title"],
  ]);
  expect(parts("---\n\n---\ntext")).toEqual([["markdown", "text"]]);
});

test("lines that end in CR LF are read", () => {
  expect(parts("---\r\ntitle: T\r\n---\r\n\r\nprose\r\n\r\n```ts\r\n1\r\n2\r\n```\r\n")).toEqual([
    ["markdown", "prose"],
    ["code", "1\n2"],
  ]);
});

test("a fence that is never closed goes to the end", () => {
  expect(parts("a\n```ts\nb")).toEqual([
    ["markdown", "a"],
    ["code", "b"],
  ]);
});

const folder = new URL("../../../public/notebooks/", import.meta.url);
for (const file of readdirSync(folder).filter((name) => name.endsWith(".md")))
  test(`${file} is written back just as it stands`, () => {
    const text = readFileSync(new URL(file, folder), "utf8");
    expect(writeMarkdown(read(text))).toBe(text);
  });
