import { FloatList, IntList } from "../lists.ts";
import { Streams } from "../streams.ts";
import type { Orders } from "./visits.ts";
import { daysObserved, returnShare } from "./world.ts";

/** Orders that were sent back up to the observation, by order; times in days from the first day. */
export interface Returns {
  readonly order: Int32Array;
  readonly at: Float64Array;
  /** For each order, whether it is among them. */
  readonly returned: Uint8Array;
}

/** Sends a share of the orders back within 3 to 20 days, by chance alone. */
export function makeReturns(orders: Orders, seed: number): Returns {
  const streams = new Streams(seed, "returns");
  const order = new IntList();
  const at = new FloatList();
  const returned = new Uint8Array(orders.at.length);
  for (let k = 0; k < orders.at.length; k++) {
    const random = streams.of(orders.number[k]!);
    const goesBack = random.next() < returnShare;
    const when = orders.at[k]! + 3 + 17 * random.next();
    if (!goesBack || when >= daysObserved) continue;
    order.push(k);
    at.push(when);
    returned[k] = 1;
  }
  return { order: order.values, at: at.values, returned };
}
