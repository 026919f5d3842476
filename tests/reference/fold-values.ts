/** A 32-bit fingerprint of values in their order (FNV-1a of their exact text). Names nothing outside itself, so that its own text can run in a cell. */
export function foldValues(values: Iterable<unknown>): string {
  let hash = 0x811c9dc5;
  for (const value of values) {
    const text = value instanceof Date ? `@${value.getTime()}` : String(value);
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
