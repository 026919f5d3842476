import { csrOf, type Csr } from "../compute/csr.ts";
import { seededRandom } from "../core/random.ts";
import { normal } from "../core/sampling.ts";

/** Rows of numbers, row-major. */
export interface SpeedRows {
  readonly rows: number;
  readonly columns: number;
  readonly x: Float32Array<ArrayBuffer>;
}

/** Rows around `centres` points that lie √(2·columns)·2 apart on average, each with noise of variance 1. */
export function blobs(rows: number, columns: number, centres: number): SpeedRows {
  const random = seededRandom(1);
  const points = Float32Array.from({ length: centres * columns }, () => 2 * normal(random));
  const x = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const point = random.integer(centres) * columns;
    for (let j = 0; j < columns; j++) x[i * columns + j] = points[point + j]! + normal(random);
  }
  return { rows, columns, x };
}

/** Rows of two classes, y 0 or 1. */
export interface SpeedLabelled extends SpeedRows {
  readonly y: Float32Array<ArrayBuffer>;
}

/** Rows to learn from, and a fifth as many that are held out. */
export interface SpeedClasses extends SpeedLabelled {
  readonly held: SpeedLabelled;
}

/** Normal rows of at least four columns, the class of which depends on four of them, two by their product, and on chance. */
export function twoClasses(rows: number, columns: number): SpeedClasses {
  const random = seededRandom(2);
  const draw = (count: number): SpeedLabelled => {
    const x = Float32Array.from({ length: count * columns }, () => normal(random));
    const y = Float32Array.from({ length: count }, (_, i) => {
      const [a, b, c, d] = x.subarray(i * columns, i * columns + 4);
      return a! * b! + c! - Math.abs(d!) + 0.7 + normal(random) / 2 > 0 ? 1 : 0;
    });
    return { rows: count, columns, x, y };
  };
  return { ...draw(rows), held: draw(Math.ceil(rows / 5)) };
}

/** Sequences of `steps` events of `columns` numbers each, and the class of each sequence. */
export interface SpeedSequences {
  readonly sequences: number;
  readonly steps: number;
  readonly columns: number;
  /** sequences × steps × columns. */
  readonly x: Float32Array<ArrayBuffer>;
  readonly y: Float32Array<ArrayBuffer>;
}

/** Normal events; the class is the sign of a sum that forgets a tenth a step. */
export function eventSequences(sequences: number, steps: number, columns: number): SpeedSequences {
  const random = seededRandom(3);
  const x = Float32Array.from({ length: sequences * steps * columns }, () => normal(random));
  const y = new Float32Array(sequences);
  for (let i = 0; i < sequences; i++) {
    let sum = 0;
    for (let t = 0; t < steps; t++) sum = 0.9 * sum + x[(i * steps + t) * columns]!;
    y[i] = sum > 0 ? 1 : 0;
  }
  return { sequences, steps, columns, x, y };
}

/** Who likes what, and pairs that are held out, each with an item drawn at random to be ranked below. */
export interface SpeedLikes {
  readonly userItems: Csr;
  readonly heldUsers: Int32Array<ArrayBuffer>;
  readonly heldItems: Int32Array<ArrayBuffer>;
  readonly others: Int32Array<ArrayBuffer>;
}

/** Likes of users of eight tastes, four of five from the eighth of the items that is theirs; some items are eleven times as popular as the mean. */
export function likes(users: number, items: number, draws: number): SpeedLikes {
  const random = seededRandom(4);
  const draw = (user: number): number => {
    const u = random.next();
    const item = Math.floor(((u * u + 0.1 * u) / 1.1) * items);
    return random.next() < 0.8 ? (item - (item % 8) + (user % 8)) % items : item;
  };
  const rows = Int32Array.from({ length: draws }, () => random.integer(users));
  const columns = Int32Array.from(rows, draw);
  const summed = csrOf(users, items, { rows, columns, values: new Float64Array(draws).fill(1) });
  const heldUsers = Int32Array.from({ length: Math.ceil(draws / 10) }, () => random.integer(users));
  return {
    userItems: { ...summed, values: new Float64Array(summed.values.length).fill(1) },
    heldUsers,
    heldItems: Int32Array.from(heldUsers, draw),
    others: Int32Array.from(heldUsers, () => random.integer(items)),
  };
}

/** Share of the held pairs whose item scores above the other one, in [0, 1]. Rows of factors are `width` numbers. */
export function rankedAbove(
  { heldUsers, heldItems, others }: SpeedLikes,
  users: Float32Array,
  items: Float32Array,
  width: number,
): number {
  const score = (user: number, item: number): number => {
    let sum = 0;
    for (let f = 0; f < width; f++) sum += users[user * width + f]! * items[item * width + f]!;
    return sum;
  };
  let above = 0;
  for (const [i, user] of heldUsers.entries())
    if (score(user, heldItems[i]!) > score(user, others[i]!)) above++;
  return above / heldUsers.length;
}
