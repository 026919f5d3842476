import { cdnow } from "./cdnow.ts";
import { hillstrom } from "./hillstrom.ts";
import { instacart } from "./instacart.ts";
import { movielens100k } from "./movielens-100k.ts";
import { movielens1m } from "./movielens-1m.ts";
import { movielensLatest } from "./movielens-latest.ts";
import { olist } from "./olist.ts";
import { onlineRetail } from "./online-retail.ts";
import type { FileShape, Recogniser, Recognition } from "./recogniser.ts";
import { retailrocket } from "./retailrocket.ts";
import { telco } from "./telco.ts";

/** Every public set that is known. */
const recognisers: readonly Recogniser[] = [
  cdnow,
  hillstrom,
  instacart,
  movielens100k,
  movielens1m,
  movielensLatest,
  olist,
  onlineRetail,
  retailrocket,
  telco,
];

/** The public set that a file is of, or null. */
export function recognise(shape: FileShape): Recognition | null {
  for (const recogniser of recognisers) {
    const found = recogniser.recognise(shape);
    if (found) return found;
  }
  return null;
}
