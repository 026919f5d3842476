type Signature = readonly [name: string, bytes: readonly number[]];

const signatures: readonly Signature[] = [
  ["PNG", [0x89, 0x50, 0x4e, 0x47]],
  ["JPEG", [0xff, 0xd8, 0xff]],
  ["GIF", [0x47, 0x49, 0x46, 0x38]],
  ["PDF", [0x25, 0x50, 0x44, 0x46]],
  ["ZIP", [0x50, 0x4b, 0x03, 0x04]],
  ["ZIP", [0x50, 0x4b, 0x05, 0x06]],
  ["gzip", [0x1f, 0x8b]],
  ["bzip2", [0x42, 0x5a, 0x68]],
  ["Zstandard", [0x28, 0xb5, 0x2f, 0xfd]],
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ["7z", [0x37, 0x7a, 0xbc, 0xaf]],
  ["RAR", [0x52, 0x61, 0x72, 0x21]],
  ["Parquet", [0x50, 0x41, 0x52, 0x31]],
  ["Arrow", [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31]],
  ["XLS", [0xd0, 0xcf, 0x11, 0xe0]],
  ["SQLite", [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20]],
  ["HDF5", [0x89, 0x48, 0x44, 0x46]],
];

/** The name of the format that the first bytes of a file are in, or null where they look like a table of text. */
export function looksLike(head: Uint8Array): string | null {
  const found = signatures.find(([, bytes]) => bytes.every((byte, i) => head[i] === byte))?.[0];
  if (found === "ZIP") return hasText(head, "xl/") || hasText(head, "[Content_Types].xml") ? "XLSX" : "ZIP";
  if (found) return found;
  const start = ascii(head.subarray(0, 200)).trimStart().toLowerCase();
  if (start.startsWith("<!doctype html") || start.startsWith("<html")) return "HTML";
  if (start.startsWith("<?xml")) return "XML";
  if (/^\{\s*"|^\[\s*[{[]/.test(start)) return "JSON";
  return null;
}

/** Whether bytes that are not UTF-16 hold a zero, as no text does. */
export function isBinary(head: Uint8Array): boolean {
  return head.includes(0);
}

function hasText(head: Uint8Array, text: string): boolean {
  return ascii(head).includes(text);
}

function ascii(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
