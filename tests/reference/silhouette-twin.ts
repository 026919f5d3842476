/** The mean silhouette in plain doubles, pair by pair. */
export function silhouetteTwin(x: readonly number[][], labels: readonly number[]): number {
  const distance = (a: readonly number[], b: readonly number[]) =>
    Math.sqrt(a.reduce((sum, value, j) => sum + (value - b[j]!) ** 2, 0));
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const values = x.map((row, i) => {
    const others = x.map((other, j) => ({ j, label: labels[j]!, distance: distance(row, other) }));
    const own = others.filter(({ j, label }) => j !== i && label === labels[i]);
    if (own.length === 0) return 0;
    const a = mean(own.map((other) => other.distance));
    const rest = [...new Set(labels)].filter((label) => label !== labels[i]);
    const b = Math.min(
      ...rest.map((label) => mean(others.filter((o) => o.label === label).map((o) => o.distance))),
    );
    return Math.max(a, b) === 0 ? 0 : (b - a) / Math.max(a, b);
  });
  return mean(values);
}
