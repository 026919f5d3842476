import { Marked } from "marked";
import { expect, test } from "vitest";
import { joinLines } from "../../../src/ui/prose/join-lines.ts";

function html(markdown: string): string {
  return joinLines(new Marked().parse(markdown, { async: false })).trimEnd();
}

test.each([
  ["从训练\n数据中学习", "从训练数据中学习"],
  ["**此后**\n是否下单", "<strong>此后</strong>是否下单"],
  ["只算\n*新*顾客", "只算<em>新</em>顾客"],
  ["看表。\n`shop.orders` 有", "看表。<code>shop.orders</code> 有"],
  ["见 `truth`\n，然后", "见 <code>truth</code>，然后"],
  ["它叫\n“泄漏”", "它叫“泄漏”"],
])("no blank is left in %j where its lines meet", (markdown, text) => {
  expect(html(markdown)).toBe(`<p>${text}</p>`);
});

test.each(["end of a line\nand the next", "有 AUC\n和损失", "he said “no”\nand left"])(
  "%j keeps the blank between its lines",
  (markdown) => {
    expect(html(markdown)).toBe(`<p>${markdown}</p>`);
  },
);

test("the lines of code, and the blocks of a text, stay apart", () => {
  expect(html("```\n一\n二\n```")).toContain("一\n二");
  expect(html("一。\n\n二")).toBe("<p>一。</p>\n<p>二</p>");
  expect(html("- 一：\n  - 二")).toContain("<ul>\n<li>二</li>");
});
