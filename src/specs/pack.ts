import type { ViewSpec } from "./spec.ts";

/** JSON as a value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const kinds = { Float64Array, Float32Array, Int32Array, Uint32Array, Uint16Array, Uint8Array } as const;

/** A spec as JSON plus buffers, as `packValue` writes it. */
export function packSpec(spec: ViewSpec): { json: Json; buffers: ArrayBuffer[] } {
  return packValue(spec);
}

/** The spec that `packSpec` packed. A buffer that is missing or of an unknown type is a RangeError. */
export function unpackSpec(json: Json, buffers: readonly ArrayBuffer[]): ViewSpec {
  return unpackValue(json, buffers) as ViewSpec;
}

/** Plain data as JSON plus buffers: each typed array becomes `{ "$buffer": index, "$type": "Float64Array" }`; NaN and ±Infinity become `{ "$number": "NaN" }`. */
export function packValue(data: unknown): { json: Json; buffers: ArrayBuffer[] } {
  const buffers: ArrayBuffer[] = [];
  const pack = (value: unknown): Json => {
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      buffers.push(bytes.slice().buffer);
      return { $buffer: buffers.length - 1, $type: value.constructor.name };
    }
    if (Array.isArray(value)) return value.map(pack);
    if (typeof value === "number" && !Number.isFinite(value)) return { $number: String(value) };
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(
        Object.entries(value)
          .filter(([, member]) => member !== undefined)
          .map(([key, member]) => [key, pack(member)]),
      );
    return value as Json;
  };
  return { json: pack(data), buffers };
}

/** The data that `packValue` packed. A buffer that is missing or of an unknown type is a RangeError. */
export function unpackValue(json: Json, buffers: readonly ArrayBuffer[]): unknown {
  const unpack = (value: Json): unknown => {
    if (Array.isArray(value)) return value.map(unpack);
    if (typeof value !== "object" || value === null) return value;
    const record = value as { readonly [key: string]: Json };
    if (typeof record.$number === "string") return Number(record.$number);
    if (typeof record.$buffer === "number") {
      const buffer = buffers[record.$buffer];
      if (!buffer || typeof record.$type !== "string" || !Object.hasOwn(kinds, record.$type))
        throw new RangeError(`view: no buffer ${record.$buffer} of type ${JSON.stringify(record.$type)}`);
      return new kinds[record.$type as keyof typeof kinds](buffer);
    }
    return Object.fromEntries(Object.entries(record).map(([key, member]) => [key, unpack(member)]));
  };
  return unpack(json);
}
