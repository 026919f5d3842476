import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.ts";
import { children, type SyntaxNode } from "../../../src/notebook/compile/syntax.ts";
import { parseTypeScript } from "../../../src/notebook/compile/parse.ts";
import type { NotebookDocument } from "../../../src/notebook/document.ts";
import { readMarkdown } from "../../../src/notebook/formats/markdown.ts";
import { lessonFile, lessons, type Lesson } from "../../../src/text/lessons.ts";
import type { Language } from "../../../src/text/text.ts";
import { viewTexts } from "../../../src/text/views.ts";

/** The notebook of a lesson in that language. */
function notebook(lesson: Lesson, language: Language): NotebookDocument {
  const file = lessonFile(lesson, language);
  const text = readFileSync(new URL(`../../../public/notebooks/${file}`, import.meta.url), "utf8");
  return readMarkdown(text, file, seededRandom(0));
}

/** What stands in bold in a text, each on one line. */
function bold(text: string): string[] {
  return [...text.matchAll(/\*\*(.+?)\*\*/gs)].map(([, words]) => words!.replace(/\s+/g, " "));
}

/** The code of each cell, one line a piece of syntax, without the words that a person is shown. */
function code({ cells }: NotebookDocument): string[][] {
  return cells
    .filter(({ kind }) => kind === "code")
    .map(({ source }) => pieces(parseTypeScript(source).tree, source));
}

function pieces(node: SyntaxNode, source: string): string[] {
  if (node.type === "Literal" && typeof node.value === "string") return ["words"];
  if (node.type === "TemplateElement") return ["words"];
  if (node.type === "TaggedTemplateExpression") return source.slice(node.start, node.end).split(/('[^']*')/);
  const inner = children(node).sort((a, b) => a.start - b.start);
  if (inner.length === 0) return [source.slice(node.start, node.end)];
  return [node.type, ...inner.flatMap((child) => pieces(child, source))];
}

/** Names of columns, and texts in SQL. */
const chineseWords = /^\p{Script=Han}+$|^'.*\p{Script=Han}.*'$/u;

/** The pieces with the Chinese words that stand at the same place in the other language. */
function inChinese(pieces: readonly string[], chinese: readonly string[]): string[] {
  return pieces.map((piece, i) => (chineseWords.test(chinese[i] ?? "") ? chinese[i]! : piece));
}

test("texts that speak of ending a fit early name the button that keeps the model", () => {
  const read = (file: string): string => readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");
  for (const language of ["en", "zh-CN"] as const)
    for (const lesson of lessons.filter(({ id }) => ["first-light", "recommendation"].includes(id))) {
      const words = bold(read(`public/notebooks/${lessonFile(lesson, language)}`));
      expect(words).toContain(viewTexts[language].stop);
    }
  expect(bold(read("README.md"))).toContain(viewTexts.en.stop);
});

for (const lesson of lessons) {
  const [en, zh] = [notebook(lesson, "en"), notebook(lesson, "zh-CN")];

  test(`the lesson "${lesson.title.en}" is called in both languages what the list calls it`, () => {
    expect({ en: en.title, "zh-CN": zh.title }).toEqual(lesson.title);
  });

  test(`the lesson "${lesson.title.en}" has the same cells in both languages, but for what is shown`, () => {
    expect(code(zh)).toEqual(code(en).map((cell, i) => inChinese(cell, code(zh)[i] ?? [])));
    expect(zh.cells.map(({ kind }) => kind)).toEqual(en.cells.map(({ kind }) => kind));
  });
}
