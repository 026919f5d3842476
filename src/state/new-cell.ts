import type { Random } from "../core/random.ts";
import { newCell, newId } from "../notebook/create.ts";
import type { Cell } from "../notebook/document.ts";

/** Random numbers of the machine itself, for ids that are to be new rather than repeatable. */
export const machineRandom: Random = {
  next: () => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32,
  integer: (bound) => Math.floor(machineRandom.next() * bound),
};

/** A cell that never ran, under an id of its own. */
export function emptyCell(kind: Cell["kind"], source = ""): Cell {
  return newCell(newId(machineRandom), kind, source);
}
