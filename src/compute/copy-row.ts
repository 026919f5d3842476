/** Numbers from which on a row is copied faster as a whole: of a shorter one, a view takes longer than what is in it. */
const wide = 32;

/** Copies `width` numbers of `from`, beginning at `at`, to where `place` says in `into`. */
export function copyRow(
  from: Float32Array,
  at: number,
  width: number,
  into: Float32Array,
  place: number,
): void {
  if (width < wide) for (let j = 0; j < width; j++) into[place + j] = from[at + j]!;
  else into.set(from.subarray(at, at + width), place);
}
