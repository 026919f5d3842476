import { numbersBelow } from "./numbers-below.ts";

/** A source of uniform random numbers; every function that needs chance takes one as an argument. */
export interface Random {
  /** A number in [0, 1) with 53 random bits. */
  next(): number;
  /** An integer in [0, bound). */
  integer(bound: number): number;
}

/** A source of random numbers that can begin again, from another seed. */
export interface SeededRandom extends Random {
  restart(seed: number): void;
  /** One that gives the same numbers from here on. */
  copy(): SeededRandom;
}

/**
 * Seeded xoshiro128** generator: the same seed gives the same numbers on every machine. A seed that is no whole number of at least 0 is
 * a RangeError, for two of them could give one stream. Source: Blackman & Vigna 2018.
 */
export function seededRandom(seed: number): SeededRandom {
  const state = new Uint32Array(4);
  expand(seed, state);
  return randomFrom(state);
}

function randomFrom(state: Uint32Array): SeededRandom {
  const bits = (): number => {
    const result = Math.imul(rotate(Math.imul(state[1]!, 5), 7), 9) >>> 0;
    const shifted = state[1]! << 9;
    state[2]! ^= state[0]!;
    state[3]! ^= state[1]!;
    state[1]! ^= state[2]!;
    state[0]! ^= state[3]!;
    state[2]! ^= shifted;
    state[3] = rotate(state[3]!, 11);
    return result;
  };
  const next = (): number => ((bits() >>> 5) * 67108864 + (bits() >>> 6)) / 9007199254740992;
  const restart = (seed: number): void => expand(seed, state);
  return {
    next,
    integer: (bound) => Math.floor(next() * bound),
    restart,
    copy: () => randomFrom(state.slice()),
  };
}

/** The numbers 0…n−1 in random order (Fisher–Yates). */
export function permutation(n: number, random: Random): Uint32Array {
  const order = numbersBelow(n);
  for (let i = n - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const held = order[i]!;
    order[i] = order[j]!;
    order[j] = held;
  }
  return order;
}

function rotate(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}

/** Fills four words of state from one seed by SplitMix32, so that nearby seeds give unrelated streams. */
function expand(seed: number, state: Uint32Array): void {
  if (!(Number.isSafeInteger(seed) && seed >= 0))
    throw new RangeError(`seed: expected a whole number of at least 0, got ${String(seed)}`);
  let a = (seed ^ Math.floor(seed / 4294967296)) >>> 0;
  for (let i = 0; i < 4; i++) {
    a = (a + 0x9e3779b9) >>> 0;
    let t = a ^ (a >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    state[i] = t ^ (t >>> 15);
  }
}
