/**
 * zᵀ V⁻¹ z for a symmetric positive semi-definite V (k×k, row-major), by elimination. Directions in which V is 0 up to rounding are
 * left out; `rank` counts the others.
 */
export function quadraticForm(V: Float64Array, z: Float64Array): { value: number; rank: number } {
  const k = z.length;
  const a = V.slice();
  const b = z.slice();
  let value = 0;
  let rank = 0;
  for (let p = 0; p < k; p++) {
    const pivot = a[p * k + p]!;
    if (pivot <= 1e-10 * V[p * k + p]!) continue;
    value += b[p]! ** 2 / pivot;
    rank++;
    for (let i = p + 1; i < k; i++) {
      const factor = a[i * k + p]! / pivot;
      b[i]! -= factor * b[p]!;
      for (let j = p + 1; j < k; j++) a[i * k + j]! -= factor * a[p * k + j]!;
    }
  }
  return { value, rank };
}
