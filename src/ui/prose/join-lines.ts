/** Marks of Chinese, as wide as its characters, and those that it shares with Western texts. */
const mark = "\u3001-\u303f\uff00-\uffef";
const shared = "“”‘’…—·";
const wide = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}${mark}`;

const opened = "(?:<(?:strong|em|del|a)\\b[^<>]*>)*";
const closed = "(?:</(?:strong|em|del|a)>)*";

const stray = new RegExp(
  [
    `(?<=[${wide}${shared}]${closed})\n(?=${opened}[${wide}])`,
    `(?<=[${wide}]${closed})\n(?=${opened}[${shared}])`,
    `(?<=[${mark}]${closed})\n`,
    `\n(?=${opened}[${mark}])`,
  ].join("|"),
  "gu",
);

/** HTML of prose without the line breaks of its Markdown that a browser would show as blanks between Chinese characters or beside their marks. */
export function joinLines(html: string): string {
  return html
    .split(/(<pre\b[^]*?<\/pre>)/)
    .map((part, i) => (i % 2 === 0 ? part.replace(stray, "") : part))
    .join("");
}
