/** The arithmetic mean of numbers; NaN of none. */
export function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
