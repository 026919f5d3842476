/** The array where it has room for that many elements, else a larger one with the same elements first. */
export function withRoom<T extends Uint8Array | Int32Array | Float64Array>(array: T, length: number): T {
  if (array.length >= length) return array;
  const larger = new (array.constructor as new (length: number) => T)(Math.max(length, 2 * array.length));
  larger.set(array);
  return larger;
}
