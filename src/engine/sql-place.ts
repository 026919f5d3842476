import type { SqlRefusal } from "../protocol/data.ts";

/**
 * A message of DuckDB without the line that it quotes, and where in `sql` it points: it quotes the line, or 120 columns of it, and puts a
 * caret below.
 */
export function placeOfMessage(message: string, sql: string): SqlRefusal {
  const quoted = /\n*^LINE (\d+): (.*)\n( *)\^$/m.exec(message);
  if (!quoted) return { message, place: null };
  const [all, line, quote, space] = quoted as unknown as [string, string, string, string];
  const start = lineStart(sql, Number(line));
  const text = /^.*/.exec(sql.slice(start))![0];
  const cut = quote.startsWith("...") && !text.startsWith(quote) ? 3 : 0;
  const shown = quote.slice(cut).replace(text.endsWith(quote.slice(cut)) ? /$/ : /\.\.\.$/, "");
  const width = space.length - `LINE ${line}: `.length - cut;
  const at = text.indexOf(shown);
  return {
    message: message.replace(all, "").trim(),
    place: {
      line: Number(line),
      column: 1 + (at < 0 || width < 0 ? 0 : at + unitsWithin(shown, width)),
    },
  };
}

function lineStart(text: string, line: number): number {
  let start = 0;
  for (let passed = 1; passed < line; passed++) {
    const end = text.indexOf("\n", start);
    if (end < 0) return start;
    start = end + 1;
  }
  return start;
}

/** How much of a text is that many columns wide in a terminal, where Chinese letters take two and marks on letters none. */
function unitsWithin(text: string, width: number): number {
  let units = 0;
  let columns = 0;
  for (const letter of text) {
    if (columns >= width) break;
    columns += wide.test(letter) ? 2 : /\p{Mn}/u.test(letter) ? 0 : 1;
    units += letter.length;
  }
  return units;
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
