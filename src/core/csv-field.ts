/** A text as a field of a CSV file (RFC 4180): in quotation marks where it holds what parts fields and rows. */
export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? csvQuoted(text) : text;
}

/** A text in quotation marks. */
export function csvQuoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
