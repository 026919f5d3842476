import { displaySymbol } from "./bundle.ts";
import { inspect } from "./inspect.ts";

/** Prose made by code; shown as Markdown. */
export class MarkdownText {
  constructor(readonly text: string) {}

  /** Shows the text as Markdown. */
  [displaySymbol](): Record<string, string> {
    return { "text/plain": this.text, "text/markdown": this.text };
  }
}

/** The tag `md`: Markdown with values put in as text. */
export function md(strings: TemplateStringsArray, ...values: unknown[]): MarkdownText {
  return new MarkdownText(
    strings.reduce(
      (text, string, i) =>
        text +
        (values[i - 1] instanceof MarkdownText
          ? (values[i - 1] as MarkdownText).text
          : inspect(values[i - 1])) +
        string,
    ),
  );
}
