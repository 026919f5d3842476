import type { ImportNote, ImportRefusal } from "../../protocol/import.ts";
import type { dataText } from "../../text/data.ts";
import { fill, type Language } from "../../text/text.ts";
import { bytesText } from "../parts/bytes.ts";

type Words = (typeof dataText)["en"];

/** What was noted of a file that was imported, in words. */
export function noteWords(note: ImportNote, t: Words): string {
  switch (note.note) {
    case "renamed-column":
      return fill(t.noteRenamedColumn, note);
    case "renamed-table":
      return fill(t.noteRenamedTable, note);
    case "short-rows":
      return fill(t.noteShortRows, note);
    case "long-rows":
      return fill(t.noteLongRows, note);
    case "decoded":
      return fill(t.noteDecoded, note);
    case "no-header":
      return t.noteNoHeader;
    case "missing-words":
      return fill(t.noteMissingWords, note);
    case "rejected":
      return fill(t.noteRejected, note);
    case "joined-files":
      return fill(t.noteJoinedFiles, note);
    case "decimal-commas":
      return fill(t.noteDecimalCommas, note);
    case "recognised":
      return fill(t.noteRecognised, note);
    default:
      return note satisfies never;
  }
}

/** Why a file was not imported, in words. */
export function refusalWords(refusal: ImportRefusal, t: Words, language: Language): string {
  switch (refusal.why) {
    case "empty":
      return t.whyEmpty;
    case "header-only":
      return fill(t.whyHeaderOnly, refusal);
    case "not-text":
      return fill(t.whyNotText, refusal);
    case "too-many-columns":
      return fill(t.whyTooManyColumns, refusal);
    case "unreadable":
      return refusal.line === null
        ? fill(t.whyUnreadable, { message: refusal.message })
        : fill(t.whyUnreadableLine, { message: refusal.message, line: refusal.line });
    case "out-of-memory":
      return fill(t.whyOutOfMemory, { bytes: bytesText(refusal.bytes, language) });
    case "read-only":
      return t.whyReadOnly;
    case "cancelled":
      return t.whyCancelled;
    default:
      return refusal satisfies never;
  }
}
