import type { ImportRefusal } from "../../protocol/import.ts";

/** Why a file is no table. */
export class Refused extends Error {
  constructor(readonly refusal: ImportRefusal) {
    super(refusal.why);
  }
}

/** What an error says of a file of so many bytes. */
export function refusalOf(error: unknown, bytes: number, signal: AbortSignal): ImportRefusal {
  if (error instanceof Refused) return error.refusal;
  if (signal.aborted) return { why: "cancelled" };
  const message = error instanceof Error ? error.message : String(error);
  if (/out of memory|allocat/i.test(message)) return { why: "out-of-memory", bytes };
  return { why: "unreadable", message, line: null };
}
