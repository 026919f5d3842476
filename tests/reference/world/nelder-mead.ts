/** The point where `f` is least, near `start`, by the simplex method: until the values of the simplex differ by less than `tolerance`. Source: Nelder & Mead 1965. */
export function nelderMead(
  f: (x: readonly number[]) => number,
  start: readonly number[],
  { step = 0.3, tolerance = 1e-9, mostSteps = 4000 } = {},
): { readonly x: readonly number[]; readonly value: number } {
  const n = start.length;
  const vertex = (x: readonly number[]) => ({ x, value: f(x) });
  let simplex = [
    vertex(start),
    ...start.map((_, i) => vertex(start.map((value, j) => (i === j ? value + step : value)))),
  ];
  for (let steps = 0; steps < mostSteps; steps++) {
    simplex.sort((p, q) => p.value - q.value);
    const [best, worst] = [simplex[0]!, simplex[n]!];
    if (worst.value - best.value < tolerance) break;
    const centre = start.map((_, j) => simplex.slice(0, n).reduce((sum, { x }) => sum + x[j]! / n, 0));
    const along = (t: number) => vertex(centre.map((c, j) => c + t * (worst.x[j]! - c)));
    const reflected = along(-1);
    if (reflected.value < best.value) {
      const expanded = along(-2);
      simplex[n] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < simplex[n - 1]!.value) {
      simplex[n] = reflected;
    } else {
      const contracted = along(reflected.value < worst.value ? -0.5 : 0.5);
      if (contracted.value < Math.min(reflected.value, worst.value)) simplex[n] = contracted;
      else simplex = simplex.map(({ x }) => vertex(x.map((value, j) => (value + best.x[j]!) / 2)));
    }
  }
  simplex.sort((p, q) => p.value - q.value);
  return simplex[0]!;
}
