import { Marked } from "marked";
import { expect, test } from "vitest";
import { maths, mathsAt } from "../../../src/ui/prose/maths.ts";

test.each([
  ["$x$", "x"],
  ["$x^2$的", "x^2"],
  ["$a \\$ b$ c", "a \\$ b"],
  ["$$\n\\sum_i x_i\n$$", "\\sum_i x_i"],
])("%j begins with maths", (source, text) => {
  expect(mathsAt(source)).toMatchObject({ text, display: source.startsWith("$$") });
});

test.each(["$5 and $6.", "$ x$", "$x $", "$20,000 and USD$30", "$x", "$$", "$$$", "x"])(
  "%j does not begin with maths",
  (source) => {
    expect(mathsAt(source)).toBeNull();
  },
);

test("a paragraph keeps its prices and draws its maths", () => {
  const html = (source: string): string => new Marked(maths).parse(source, { async: false });
  expect(html("costs $5 and $6.")).toBe("<p>costs $5 and $6.</p>\n");
  expect(html("面积是$x^2$的两倍")).toContain('class="katex"');
  expect(html("costs $5, where $x$ is")).toMatch(/costs \$5, where <span class="katex">/);
  expect(html("so\n\n$$\nx\n$$\n\nthen")).toContain("katex-display");
  expect(html("a \\$5 and `$x$`")).not.toContain("katex");
});
