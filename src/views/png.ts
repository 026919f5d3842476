import { zlibSync } from "fflate";

/** A colour with its opacity: 0xrrggbb, and 0 to 255. */
export interface PaletteColour {
  readonly rgb: number;
  readonly alpha: number;
}

/** A picture of at most 256 colours as the bytes of a PNG file. `pixels` holds places in the palette, row after row. */
export function indexedPng(
  width: number,
  height: number,
  palette: readonly PaletteColour[],
  pixels: Uint8Array,
): Uint8Array {
  const lines = new Uint8Array((width + 1) * height);
  // Each line starts with its filter: 0, none.
  for (let y = 0; y < height; y++)
    lines.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  // Eight bits a pixel, colours from a palette.
  header.set([8, 3], 8);
  return joined([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    chunk("PLTE", Uint8Array.from(palette.flatMap(({ rgb }) => [rgb >> 16, (rgb >> 8) & 255, rgb & 255]))),
    chunk(
      "tRNS",
      Uint8Array.from(palette, ({ alpha }) => alpha),
    ),
    chunk("IDAT", zlibSync(lines, { level: 4 })),
    chunk("IEND", new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(
    Array.from(type, (letter) => letter.charCodeAt(0)),
    4,
  );
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

const crcs = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/** The checksum of PNG chunks, CRC-32. */
function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = crcs[(sum ^ byte) & 255]! ^ (sum >>> 8);
  return ~sum >>> 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
