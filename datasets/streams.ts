import { seededRandom, type Random, type SeededRandom } from "../src/core/random.ts";

/**
 * A stream of random numbers of its own for one purpose of a simulation, so that what one effect draws leaves the others as they were.
 * The same seed and purpose give the same stream.
 */
export function stream(seed: number, purpose: string): Random {
  return seededRandom(hashOf(seed, purpose) >>> 0);
}

/** Streams of one purpose, one for each of many things: how much one of them draws leaves the others as they were. */
export class Streams {
  readonly #hash: number;
  readonly #random: SeededRandom = seededRandom(0);

  constructor(seed: number, purpose: string) {
    this.#hash = hashOf(seed, purpose);
  }

  /** The stream of the thing of that number, from its beginning; it ends where the next is asked for. */
  of(thing: number): Random {
    this.#random.restart(mix(this.#hash ^ mix(thing + 1)) >>> 0);
    return this.#random;
  }
}

/** A number below 2³² for two whole numbers, as if by chance. */
export function hash(p: number, q: number): number {
  return mix(mix(p + 1) ^ q) >>> 0;
}

function hashOf(seed: number, purpose: string): number {
  let hash = mix(seed >>> 0) ^ mix(Math.floor(seed / 4294967296) + 1);
  for (let i = 0; i < purpose.length; i++) hash = mix(hash ^ purpose.charCodeAt(i));
  return hash;
}

/** MurmurHash3's finaliser on 32 bits. Source: Appleby 2011. */
function mix(word: number): number {
  let x = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) | 0;
}
