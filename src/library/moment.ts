import { quoted } from "../core/sql-text.ts";
import { describe } from "./inputs.ts";

/** A moment: a Date, a text such as `2024-09-30 12:00:00`, or a day such as `2024-09-30`, which stands for its end. */
export type Moment = Date | string;

/** The end of what is known, as SQL has it. */
export interface KnownUntil {
  /** A timestamp: the moment itself, or the midnight at which a day ends. */
  readonly at: string;
  /** The last day of which something is known. */
  readonly day: string;
  /** How a time compares with `at` where it is known: a moment belongs to what is known, the midnight after a day does not. */
  readonly before: "<=" | "<";
  /** How a time compares with a moment so many days before `at` where it lies after it. */
  readonly since: ">" | ">=";
}

/** A moment as the end of what is known; a RangeError names what it cannot be. */
export function knownUntil(caller: string, name: string, moment: Moment | undefined): KnownUntil {
  const text = moment instanceof Date ? dateText(moment) : typeof moment === "string" ? moment.trim() : null;
  if (text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)))
    return {
      at: `(TIMESTAMP ${quoted(text)} + INTERVAL 1 DAY)`,
      day: `DATE ${quoted(text)}`,
      before: "<",
      since: ">=",
    };
  if (text !== null && /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?$/.test(text))
    return upTo(`TIMESTAMP ${quoted(text.replace("T", " ").replace("Z", ""))}`);
  throw new RangeError(
    `${caller}: expected ${name} to be a Date or a text such as "2024-09-30", got ${moment instanceof Date ? "an invalid Date" : describe(moment)}`,
  );
}

/** A moment that SQL gives as the end of what is known. */
export function upTo(at: string): KnownUntil {
  return { at, day: `cast(${at} as date)`, before: "<=", since: ">" };
}

function dateText(date: Date): string | null {
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
