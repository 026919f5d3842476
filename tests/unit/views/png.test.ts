import { inflateSync, crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { indexedPng } from "../../../src/views/png.ts";

/** The chunks of a PNG file, each with whether its checksum is right. */
function chunksOf(bytes: Uint8Array): { type: string; data: Buffer; sound: boolean }[] {
  const file = Buffer.from(bytes);
  const chunks = [];
  for (let at = 8; at < file.length;) {
    const end = at + 8 + file.readUInt32BE(at);
    const type = file.toString("latin1", at + 4, at + 8);
    chunks.push({
      type,
      data: file.subarray(at + 8, end),
      sound: crc32(file.subarray(at + 4, end)) === file.readUInt32BE(end),
    });
    at = end + 4;
  }
  return chunks;
}

test("a picture is a PNG file of its palette and pixels, with sound checksums", () => {
  const palette = [
    { rgb: 0, alpha: 0 },
    { rgb: 0x0072b2, alpha: 204 },
  ];
  const chunks = chunksOf(indexedPng(3, 2, palette, Uint8Array.of(0, 1, 0, 1, 1, 0)));
  expect(chunks.map(({ type }) => type)).toEqual(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);
  expect(chunks.every(({ sound }) => sound)).toBe(true);
  expect([...chunks[0]!.data]).toEqual([0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0]);
  expect([...chunks[1]!.data]).toEqual([0, 0, 0, 0, 0x72, 0xb2]);
  expect([...chunks[2]!.data]).toEqual([0, 204]);
  expect([...inflateSync(chunks[3]!.data)]).toEqual([0, 0, 1, 0, 0, 1, 1, 0]);
});
