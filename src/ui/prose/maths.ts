import katex from "katex";
import type { MarkedExtension, TokenizerAndRendererExtension, Tokens } from "marked";

/** TeX at the start of a text: what stands between the dollar signs, and all of it. */
export interface Maths {
  readonly raw: string;
  readonly text: string;
  readonly display: boolean;
}

const shown = /^\$\$((?:\\[^]|[^\\$])+?)\$\$/;
// Pandoc's rule: no blank right of the first $, none left of the last, and no digit right of that.
const inLine = /^\$(?![\s$])((?:\\[^]|[^\\$\n]|\n(?!\s*\n))*?)(?<!\s)\$(?![\d$])/;

/** The TeX that the text starts with: `$$…$$`, or `$…$` by Pandoc's rule, so that prices stay prices. */
export function mathsAt(source: string): Maths | null {
  const display = shown.exec(source);
  const match = display ?? inLine.exec(source);
  const text = match?.[1]?.trim();
  return match && text ? { raw: match[0], text, display: display !== null } : null;
}

/** Draws TeX between dollar signs in Markdown. */
export const maths: MarkedExtension = {
  extensions: [extension("block"), extension("inline")],
};

function extension(level: "block" | "inline"): TokenizerAndRendererExtension {
  const name = `${level}-maths`;
  return {
    name,
    level,
    start: (source) => (level === "inline" ? source.search(/(?<!\\)\$/) : source.search(/(?<=^|\n)\$\$/)),
    tokenizer(source) {
      const found = mathsAt(source);
      if (!found) return undefined;
      // A block is a paragraph of its own.
      const alone = found.display && /^[ \t]*(?:\n|$)/.test(source.slice(found.raw.length));
      return level === "inline" || alone ? { type: name, ...found } : undefined;
    },
    renderer: (token: Tokens.Generic) =>
      katex.renderToString((token as unknown as Maths).text, {
        displayMode: (token as unknown as Maths).display,
        throwOnError: false,
        output: "htmlAndMathml",
      }),
  };
}
