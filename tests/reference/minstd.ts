/** Numbers in (−1, 1) that Python's scripts draw too, to the bit. Source: Park, Miller & Stockmeyer 1993. */
export function minstd(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return (2 * state) / 2_147_483_647 - 1;
  };
}

/** U·V in doubles, entries of n×r and r×d drawn one after the other, plus noise of that size. */
export function lowRank(seed: number, n: number, d: number, r: number, noise: number): Float64Array {
  const next = minstd(seed);
  const u = Float64Array.from({ length: n * r }, next);
  const v = Float64Array.from({ length: r * d }, next);
  return Float64Array.from({ length: n * d }, (_, at) => {
    const [i, j] = [Math.floor(at / d), at % d];
    let sum = noise * next();
    for (let p = 0; p < r; p++) sum += (u[i * r + p]! * v[p * d + j]!) / (p + 1);
    return sum;
  });
}
