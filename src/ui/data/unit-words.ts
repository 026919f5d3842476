import type { Language } from "../../text/text.ts";
import { unitsText } from "../../text/units.ts";

/** A unit of sample data in the page's language; one that the dictionary lacks stands for itself. */
export function unitWords(unit: string, language: Language): string {
  const units: Readonly<Record<string, string>> = unitsText[language];
  return units[unit] ?? unit;
}
