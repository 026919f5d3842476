import type { ColumnInfo, ColumnSummary } from "../../protocol/table-info.ts";
import { panelText } from "../../text/panel.ts";
import { fill, type Language } from "../../text/text.ts";
import { cellText } from "../grid/cell-text.ts";

/** What a column holds: in short for the eye, in full for a screen reader. */
export interface SummaryWords {
  readonly short: readonly string[];
  readonly full: string;
}

/** How many of the most frequent values are named. */
const named = 3;
/** A share that would be told as 0%. */
const rare = 0.005;

/** What a column holds, in words. */
export function summaryWords(column: ColumnInfo, summary: ColumnSummary, language: Language): SummaryWords {
  const t = panelText[language];
  const { rows, missing, distinct, range, top } = summary;
  const present = rows - missing;
  if (present === 0) return same(t.allMissing);
  if (range) {
    const { min, max, mean, median } = range;
    if (min === max) return same(fill(t.always, { value: at(min) }));
    const values = { min: at(min), max: at(max), mean: at(mean), median: at(median) };
    return {
      short: [fill(t.rangeShort, values), fill(t.medianShort, values)],
      full: fill(t.rangeWords, values),
    };
  }
  if (top[0] && top[0].count === 1 && distinct >= present)
    return same(fill(t.allDiffer, { value: top[0].value }));
  const values = top.slice(0, named).map(({ value }) => (value.trim() === "" ? t.blank : value));
  if ((top[0]?.count ?? 0) / present < rare) return same(fill(t.manyValues, { values: values.join(", ") }));
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const short = values.map((value, i) => `${value} ${percent.format(top[i]!.count / present)}`);
  return { short, full: fill(t.topWords, { values: short.join(", ") }) };

  function at(value: number): string {
    return column.type === "date" ? cellText(wholeDay(value)) : numberWords(value, language);
  }

  /** A mean or median between two days is told by its day. */
  function wholeDay(value: number): Date {
    const day = 86_400_000;
    return new Date(
      column.sqlType === "DATE" ? Math.floor(value / day) * day : Math.floor(value / 1000) * 1000,
    );
  }
}

function numberWords(value: number, language: Language): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e12))
    return new Intl.NumberFormat(language, { notation: "scientific", maximumFractionDigits: 2 }).format(
      value,
    );
  return new Intl.NumberFormat(language, {
    maximumFractionDigits: size >= 1000 ? 0 : size >= 1 ? 2 : 4,
  }).format(value);
}

function same(text: string): SummaryWords {
  return { short: [text], full: text };
}
