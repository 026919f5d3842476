import { permutation, type Random } from "../core/random.ts";

/** Rows to train on and rows held out, both ascending. */
export interface Holdout {
  readonly train: Uint32Array;
  readonly held: Uint32Array;
}

/** Holds out `fraction` of the rows, drawn at random from each class in its share. codes: the class of each row. */
export function holdOut(codes: Int32Array, classes: number, fraction: number, random: Random): Holdout {
  const out = new Uint8Array(codes.length);
  for (let code = 0; code < classes; code++) {
    const rows = Uint32Array.from(codes.keys()).filter((row) => codes[row] === code);
    const order = permutation(rows.length, random);
    for (const place of order.subarray(0, Math.round(rows.length * fraction))) out[rows[place]!] = 1;
  }
  const rows = Uint32Array.from(codes.keys());
  return { train: rows.filter((row) => !out[row]), held: rows.filter((row) => out[row]) };
}
