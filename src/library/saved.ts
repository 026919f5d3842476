import { packValue, unpackValue, type Json } from "../specs/pack.ts";
import { describe } from "./inputs.ts";

/** Version of the bytes below; raised when an older reader would misread them. */
const version = 1;

interface Header {
  readonly cohortbook: string;
  readonly version: number;
  readonly state: Json;
  /** Length in bytes of each buffer, in the order they follow the header. */
  readonly lengths: readonly number[];
}

/** The state of a fitted estimator as bytes: header length (uint32, little-endian), header as JSON, then its typed arrays. */
export function packModel(kind: string, state: object): Uint8Array<ArrayBuffer> {
  const { json, buffers } = packValue(state);
  const header: Header = {
    cohortbook: kind,
    version,
    state: json,
    lengths: buffers.map((buffer) => buffer.byteLength),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(4 + text.length + header.lengths.reduce((sum, length) => sum + length, 0));
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  let at = 4 + text.length;
  for (const buffer of buffers) {
    bytes.set(new Uint8Array(buffer), at);
    at += buffer.byteLength;
  }
  return bytes;
}

/** The state that `packModel` packed under the same kind; other bytes are a TypeError that says what they are. */
export function unpackModel(kind: string, bytes: Uint8Array): unknown {
  const { header, start } = readHeader(`${kind}.load`, bytes);
  if (header.cohortbook !== kind)
    throw new TypeError(`${kind}.load: expected a saved ${kind}, got a saved ${header.cohortbook}`);
  if (!(header.version <= version))
    throw new TypeError(`${kind}.load: expected format ${version} or older, got ${header.version}`);
  const end = header.lengths.reduce((sum, length) => sum + length, start);
  if (end !== bytes.length) throw new TypeError(`${kind}.load: expected ${end} bytes, got ${bytes.length}`);
  let at = start;
  const buffers = header.lengths.map((length) => bytes.slice(at, (at += length)).buffer);
  return unpackValue(header.state, buffers);
}

/** The kind of estimator that bytes of `save()` hold. */
export function savedKind(bytes: Uint8Array): string {
  return readHeader("load", bytes).header.cohortbook;
}

function readHeader(what: string, bytes: Uint8Array): { header: Header; start: number } {
  if (!(bytes instanceof Uint8Array))
    throw new TypeError(`${what}: expected a Uint8Array that save() gave, got ${describe(bytes)}`);
  const refuse = () =>
    new TypeError(`${what}: expected bytes that save() gave, got ${bytes.length} other bytes`);
  if (bytes.length < 4) throw refuse();
  const start = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (start > bytes.length) throw refuse();
  let header: Header | null;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, start))) as Header | null;
  } catch {
    throw refuse();
  }
  if (typeof header?.cohortbook !== "string" || !Array.isArray(header.lengths)) throw refuse();
  return { header, start };
}
