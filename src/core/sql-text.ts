/** A name as SQL takes it, whatever it holds. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQL takes it, whatever it holds. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
