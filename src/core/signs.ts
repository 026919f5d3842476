/** Axes (k × columns), turned in place so that the entry of each that is farthest from 0 is positive, as scikit-learn does. */
export function withSigns(axes: Float64Array, columns: number): Float64Array {
  for (let from = 0; from < axes.length; from += columns) {
    const axis = axes.subarray(from, from + columns);
    const farthest = axis.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
    if (farthest < 0) for (let j = 0; j < columns; j++) axis[j]! *= -1;
  }
  return axes;
}
