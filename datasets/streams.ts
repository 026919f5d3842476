import { seededRandom, type Random } from "../src/core/random.ts";

/**
 * A stream of random numbers of its own for one purpose of a simulation, so that what one effect draws leaves the others as they were.
 * The same seed and purpose give the same stream.
 */
export function stream(seed: number, purpose: string): Random {
  let hash = mix(seed >>> 0) ^ mix(Math.floor(seed / 4294967296) + 1);
  for (let i = 0; i < purpose.length; i++) hash = mix(hash ^ purpose.charCodeAt(i));
  return seededRandom(hash >>> 0);
}

/** MurmurHash3's finaliser on 32 bits. Source: Appleby 2011. */
function mix(word: number): number {
  let x = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) | 0;
}
