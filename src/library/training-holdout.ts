import { permutation, type Random } from "../core/random.ts";

/** Rows to train on and rows held out, both ascending. */
export interface Holdout {
  readonly train: Uint32Array;
  readonly held: Uint32Array;
}

/** Holds out `fraction` of each class, drawn at random, but never all of it. codes: the class of each row. */
export function holdOut(codes: Int32Array, classes: number, fraction: number, random: Random): Holdout {
  const counts = new Uint32Array(classes);
  for (const code of codes) counts[code]!++;
  const wanted = counts.map((count) => Math.min(Math.round(count * fraction), Math.max(count - 1, 0)));
  const out = new Uint8Array(codes.length);
  for (const row of permutation(codes.length, random)) {
    const code = codes[row]!;
    if (wanted[code]! === 0) continue;
    wanted[code]!--;
    out[row] = 1;
  }
  const rows = Uint32Array.from(codes.keys());
  return { train: rows.filter((row) => !out[row]), held: rows.filter((row) => out[row]) };
}
