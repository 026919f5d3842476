/** The array itself where it has room for that many elements, else a larger one in its place, empty. */
export function roomFor<T extends Uint8Array | Int32Array | Float64Array>(array: T, length: number): T {
  if (array.length >= length) return array;
  return new (array.constructor as new (length: number) => T)(length + (length >> 3));
}
