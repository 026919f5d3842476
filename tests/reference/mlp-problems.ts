import { seededRandom } from "../../src/core/random.ts";

/** Points in the plane and the name of each one's class. */
export interface Problem {
  readonly X: number[][];
  readonly y: string[];
}

/** Two half circles that hold each other, with a little noise: no line parts them. */
export function moons(rows: number, seed = 1): Problem {
  const random = seededRandom(seed);
  const noise = (): number => (random.next() + random.next() + random.next() - 1.5) * 0.2;
  const points = Array.from({ length: rows }, (_, i) => {
    const angle = random.next() * Math.PI;
    return i % 2
      ? [1 - Math.cos(angle) + noise(), 0.5 - Math.sin(angle) + noise()]
      : [Math.cos(angle) + noise(), Math.sin(angle) + noise()];
  });
  return { X: points, y: points.map((_, i) => (i % 2 ? "inner" : "outer")) };
}

/** Three round clouds, well apart. */
export function clouds(rows: number, seed = 2): Problem {
  const random = seededRandom(seed);
  const centres = [
    [-2, 0, "west"],
    [2, 0, "east"],
    [0, 3, "north"],
  ] as const;
  const noise = (): number => (random.next() + random.next() - 1) * 0.8;
  const points = Array.from({ length: rows }, (_, i) => centres[i % 3]!);
  return {
    X: points.map(([x, y]) => [x + noise(), y + noise()]),
    y: points.map(([, , name]) => name),
  };
}
