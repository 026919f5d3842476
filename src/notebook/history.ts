import { applyChange, invertChange } from "./apply-change.ts";
import type { Change, NotebookDocument } from "./document.ts";

/** A document with all that happened to it since `start`; a pure value that grows by `append`. What can be undone is read off the changes alone. */
export interface ChangeLog extends Standing {
  readonly start: NotebookDocument;
  readonly changes: readonly Change[];
}

interface Standing {
  readonly document: NotebookDocument;
  readonly undo: Steps;
  readonly redo: Steps;
}

/** Steps that can be taken back, the latest first. */
type Steps = Step | null;

interface Step {
  /** The change that takes the step back. */
  readonly back: Change;
  readonly at: number;
  /** What the last edit of the step typed. */
  readonly typed: string;
  readonly before: Steps;
}

/** A pause in typing after which a new step begins, in milliseconds. */
const pause = 1000;

/** An empty log that starts at a document. */
export function openLog(document: NotebookDocument): ChangeLog {
  return { start: document, changes: [], document, undo: null, redo: null };
}

/** The log with one more change. A change that does not fit the document is a RangeError. */
export function append(log: ChangeLog, change: Change): ChangeLog {
  return { ...log, ...next(log, change), changes: [...log.changes, change] };
}

/** The change that takes back the last step, to be appended; null where there is none. */
export function undoChange(log: ChangeLog, at: number): Change | null {
  return log.undo && { ...log.undo.back, at, by: "undo" };
}

/** The change that takes back the last undo, to be appended; null where there is none. */
export function redoChange(log: ChangeLog, at: number): Change | null {
  return log.redo && { ...log.redo.back, at, by: "redo" };
}

/** The log of a document and the changes made to it. */
export function replay(start: NotebookDocument, changes: readonly Change[]): ChangeLog {
  const standing = changes.reduce<Standing>(next, openLog(start));
  return { ...standing, start, changes };
}

function next(standing: Standing, change: Change): Standing {
  const document = applyChange(standing.document, change);
  // Outputs are what a run left, not what a person did.
  if (change.change === "set-outputs") return { ...standing, document };
  const back = invertChange(standing.document, change);
  const step = { back, at: change.at, typed: change.change === "edit-source" ? change.text : "" };
  const { undo, redo } = standing;
  switch (change.by) {
    case "undo":
      return { document, undo: undo?.before ?? null, redo: { ...step, before: redo } };
    case "redo":
      return { document, undo: { ...step, before: undo }, redo: redo?.before ?? null };
    case undefined: {
      const joined = undo && joinTyping(undo, change, back);
      return { document, undo: joined ? joined.steps : { ...step, before: undo }, redo: null };
    }
    default:
      return change.by satisfies never;
  }
}

/** The steps where an edit goes on typing or deleting where the last one ended; null where it is a step of its own. */
function joinTyping(last: Step, change: Change, back: Change): { readonly steps: Steps } | null {
  const before = last.back;
  if (change.change !== "edit-source" || before.change !== "edit-source" || back.change !== "edit-source")
    return null;
  if (change.cell !== before.cell || change.at - last.at > pause) return null;
  if (/[\n\r]/.test(change.text + back.text + before.text)) return null;
  const { at, offset, removed, text } = change;
  const end = before.offset + before.removed;
  const joined = (offset: number, removed: number, taken: string): { readonly steps: Steps } => {
    const step = { back: { ...before, offset, removed, text: taken }, at, typed: text, before: last.before };
    return { steps: removed || taken ? step : last.before };
  };
  // Typing on. A word after a space starts a new step, so that undo goes word by word.
  if (removed === 0 && before.removed > 0 && offset === end)
    return /\s$/.test(last.typed) && /^\S/.test(text)
      ? null
      : joined(before.offset, before.removed + text.length, before.text);
  if (text !== "") return null;
  // Backspace over what was just typed; Backspace further back; Delete.
  if (before.removed > 0)
    return offset >= before.offset && offset + removed === end
      ? joined(before.offset, before.removed - removed, before.text)
      : null;
  if (offset + removed === before.offset) return joined(offset, 0, back.text + before.text);
  return offset === before.offset ? joined(offset, 0, before.text + back.text) : null;
}
