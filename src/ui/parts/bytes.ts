import { spaced, type Language } from "../../text/text.ts";

const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** A number of bytes as a person reads it: "1.2 MB". */
export function bytesText(bytes: number, language: Language): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const style = { style: "unit", unit: units[power]!, unitDisplay: power === 0 ? "long" : "short" } as const;
  const format = new Intl.NumberFormat(language, { ...style, maximumFractionDigits: 1 });
  return spaced(format.format(bytes / 1000 ** power));
}
