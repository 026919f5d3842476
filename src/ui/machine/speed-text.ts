import { csvField } from "../../core/csv-field.ts";
import { ratioOf, runners, type SpeedReport } from "../../specs/speed-report.ts";
import { speedText } from "../../text/speed.ts";
import type { Language } from "../../text/text.ts";
import { absentWords, caseName, failureWords, machineWords, outcomeWords, sizeWords } from "./speed-words.ts";

/** Measurements as Markdown: what they were made on, and a table with a row a case. */
export function speedMarkdown(report: SpeedReport, language: Language): string {
  const t = speedText[language];
  const colon = language === "en" ? ": " : "：";
  const head = [t.model, t.size, ...runners.map((runner) => t[`runner-${runner}`])];
  const rows = report.rows.map((row) => [
    caseName(row.caseId, language),
    sizeWords(row, language),
    ...runners.map(
      (runner) => outcomeWords(row, runner, language).join("; ") || absentWords(row, runner, language),
    ),
  ]);
  return [
    `## ${t.title}`,
    "",
    ...machineWords(report, language).map(([name, value]) => `- ${name}${colon}${escaped(value)}`),
    "",
    tableRow(head),
    tableRow(head.map((_, i) => (i < 2 ? "---" : "---:"))),
    ...rows.map(tableRow),
    "",
  ].join("\n");
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map(escaped).join(" | ")} |`;
}

/** A text that Markdown shows as it stands, on one line. */
function escaped(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_|<>[\]]/g, "\\$&");
}

const columns = [
  "case",
  "size",
  "shape",
  "runner",
  "seconds",
  "times_as_fast_as_tfjs",
  "steps",
  "dispatches",
  "flops",
  "floor_bytes",
  "bytes",
  "peak_bytes",
  "quality_name",
  "quality",
  "error",
  "device",
  "browser",
  "cores",
  "date",
  "version",
];

/** Measurements as CSV with a row a case and runner, in full precision, so that those of several machines can be put together. */
export function speedCsv(report: SpeedReport): string {
  const { device, browser, cores, date, version, rows } = report;
  const machine = [device.name, browser, cores, date, version];
  const lines = rows.flatMap((row) =>
    runners.flatMap((runner) => {
      const outcome = row.outcomes[runner];
      if (!outcome) return [];
      const place = [row.caseId, row.size, row.shape, runner];
      if (outcome.state !== "measured") {
        const why = outcome.state === "failed" ? outcome.message : failureWords(row, outcome, "en");
        return [[...place, ...Array<null>(10).fill(null), why, ...machine]];
      }
      const { seconds, steps, dispatches, flops, floorBytes, bytes, peakBytes, quality } = outcome.measured;
      const counts = [steps, dispatches, flops, floorBytes, bytes, peakBytes];
      return [
        [...place, seconds, ratioOf(row, runner), ...counts, quality.name, quality.value, "", ...machine],
      ];
    }),
  );
  return [columns, ...lines].map((line) => line.map(field).join(",") + "\r\n").join("");
}

function field(value: string | number | null): string {
  // A text that begins so would be a formula in a spreadsheet, and a report may come from a stranger's link.
  const text = typeof value === "string" && /^[=+\-@]/.test(value) ? `'${value}` : String(value ?? "");
  return csvField(text);
}
