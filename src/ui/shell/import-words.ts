import type { ImportNote, ImportRefusal, ImportResult } from "../../protocol/import.ts";
import type { TableInfo } from "../../protocol/table-info.ts";
import type { ImportJob } from "../../state/imports.svelte.ts";
import { dataText } from "../../text/data.ts";
import { panelText } from "../../text/panel.ts";
import { fill, spaced, type Language } from "../../text/text.ts";
import { bytesText } from "../parts/bytes.ts";

type Words = (typeof dataText)["en"];
type RefusedImport = Pick<Extract<ImportResult, { state: "refused" }>, "file" | "refusal">;
type UnreadableFile = Extract<ImportRefusal, { why: "unreadable" }>;

const shownFiles = 4;

/** What is known to be wrong with files that cannot be read, by what those who read them say. */
const knownTroubles = [
  [/quotation mark/, "whyOpenQuote"],
  [/\bJSON\b/, "whyBrokenJson"],
  [/\bgzip\b/, "whyBrokenGzip"],
] as const;

/** The files of an import: the name of one, or how many there are. */
export function filesWords({ files }: ImportJob, t: Words): string {
  return files.length === 1 ? files[0]! : fill(t.files, { count: files.length });
}

/** What an import is doing. */
export function phaseWords({ progress }: ImportJob, t: Words): string {
  return fill(t[progress.phase], { file: progress.file });
}

/** How far an import is, in bytes, and how long it still takes where that is known. */
export function progressWords({ progress, secondsLeft }: ImportJob, language: Language): string {
  const t = dataText[language];
  const done = bytesText(progress.done, language);
  const total = bytesText(progress.total, language);
  if (secondsLeft === null) return fill(t.progress, { done, total });
  const [value, unit] =
    secondsLeft < 90 ? [Math.max(1, secondsLeft), "second"] : [secondsLeft / 60, "minute"];
  const format = new Intl.NumberFormat(language, {
    style: "unit",
    unit: unit,
    unitDisplay: "short",
    maximumFractionDigits: 0,
  });
  return fill(t.timeLeft, { done, total, time: spaced(format.format(value)) });
}

/** How an import ended, in one line for those who do not see the list. */
export function endWords({ results }: ImportJob, language: Language): string {
  const t = dataText[language];
  const number = new Intl.NumberFormat(language);
  const lines = (results ?? []).map((result) =>
    result.state === "imported"
      ? importedWords(result.table, t, number)
      : `${fill(t.refused, { file: result.file })}. ${refusalWords(result, t, language)}`,
  );
  return lines.join(" ");
}

/** What an import made, in words. */
export function importedWords(table: TableInfo, t: Words, number: Intl.NumberFormat): string {
  return fill(t.imported, {
    table: table.name,
    rows: number.format(table.rows),
    columns: table.columns.length,
  });
}

/** What was noted of a file that was imported, in words. */
export function noteWords(note: ImportNote, language: Language): string {
  const t = dataText[language];
  switch (note.note) {
    case "renamed-column":
      return fill(note.from === "" ? t.noteUnnamedColumn : t.noteRenamedColumn, note);
    case "renamed-table":
      return fill(t.noteRenamedTable, note);
    case "beside-table":
      return fill(t.noteBesideTable, note);
    case "retyped":
      return fill(t.noteRetyped, { column: note.column, kind: panelText[language][`kind-${note.kind}`] });
    case "short-rows":
      return fill(t.noteShortRows, note);
    case "long-rows":
      return fill(t.noteLongRows, note);
    case "long-field":
      return fill(t.noteLongField, note);
    case "misfits":
      return fill(t.noteMisfits, note);
    case "decoded":
      return fill(t.noteDecoded, note);
    case "no-header":
      return t.noteNoHeader;
    case "missing-words":
      return fill(t.noteMissingWords, note);
    case "rejected": {
      const { count, table, kept } = note;
      if (table === null) return fill(t.noteRejectedGone, { count });
      return kept === undefined
        ? fill(t.noteRejected, { count, table })
        : fill(t.noteRejectedKept, { count, table, kept });
    }
    case "joined-files":
      return fill(t.noteJoinedFiles, { count: note.count, files: someFiles(note.files, t) });
    case "decimal-commas":
      return fill(t.noteDecimalCommas, note);
    case "recognised":
      return fill(t.noteRecognised, note);
    default:
      return note satisfies never;
  }
}

/** The first few names of files, and how many more there are. */
function someFiles(names: readonly string[], t: Words): string {
  const files = names.slice(0, shownFiles).join(t.listComma);
  const more = names.length - shownFiles;
  return more > 0 ? fill(t.moreFiles, { files, count: more }) : files;
}

/** Why a file was not imported, in words. */
export function refusalWords({ file, refusal }: RefusedImport, t: Words, language: Language): string {
  switch (refusal.why) {
    case "empty":
      return t.whyEmpty;
    case "header-only":
      return fill(t.whyHeaderOnly, refusal);
    case "not-text":
      return /\.xls[xmb]?$/i.test(file) ? t.whyNotWorkbook : fill(t.whyNotText, refusal);
    case "too-many-columns":
      return fill(t.whyTooManyColumns, refusal);
    case "unreadable":
      return unreadableWords(refusal, t);
    case "out-of-memory":
      return fill(t.whyOutOfMemory, { bytes: bytesText(refusal.bytes, language) });
    case "too-large":
      return fill(t.whyTooLarge, {
        bytes: bytesText(refusal.bytes, language),
        most: bytesText(refusal.most, language),
      });
    case "read-only":
      return t.whyReadOnly;
    case "cancelled":
      return t.whyCancelled;
    default:
      return refusal satisfies never;
  }
}

function unreadableWords({ message, line }: UnreadableFile, t: Words): string {
  const [, known] = knownTroubles.find(([pattern]) => pattern.test(message)) ?? [];
  if (known && (known !== "whyOpenQuote" || line !== null)) return fill(t[known], { line: line ?? "" });
  return line === null ? fill(t.whyUnreadable, { message }) : fill(t.whyUnreadableLine, { message, line });
}
