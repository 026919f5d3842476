const endMark = 0x06054b50;
const entryMark = 0x02014b50;

/** Bytes that a zip says its files unpack to, before any is unpacked; 0 where it has no directory. Source: PKWARE APPNOTE 6.3.10, 4.3.12. */
export function unpackedSize(zip: Uint8Array): number {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  let end = zip.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== endMark) end--;
  if (end < 0) return 0;
  let at = view.getUint32(end + 16, true);
  let size = 0;
  while (at + 46 <= zip.length && view.getUint32(at, true) === entryMark) {
    size += view.getUint32(at + 24, true);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return size;
}
