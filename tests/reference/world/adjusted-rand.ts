/** Adjusted Rand index of two labellings of the same rows: 1 where they agree, about 0 by chance. Source: Hubert & Arabie 1985. */
export function adjustedRand(p: ArrayLike<string | number>, q: ArrayLike<string | number>): number {
  const both = new Map<string, number>();
  const left = new Map<string, number>();
  const right = new Map<string, number>();
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  for (let i = 0; i < p.length; i++) {
    count(both, `${p[i]}\n${q[i]}`);
    count(left, String(p[i]));
    count(right, String(q[i]));
  }
  const pairs = (counts: Iterable<number>) => [...counts].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const [index, a, b] = [pairs(both.values()), pairs(left.values()), pairs(right.values())];
  const expected = (a * b) / ((p.length * (p.length - 1)) / 2);
  const most = (a + b) / 2;
  return most === expected ? 1 : (index - expected) / (most - expected);
}
