/** S + A·B in doubles: a m×k, b k×n, s m×n, row-major. The plain twin of the SIMD kernel. */
export function product(
  m: number,
  n: number,
  k: number,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  s: ArrayLike<number>,
): Float64Array {
  return Float64Array.from({ length: m * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = s[at]!;
    for (let p = 0; p < k; p++) sum += a[i * k + p]! * b[p * n + j]!;
    return sum;
  });
}

/** An m×n matrix as n×m. */
export function transposed(m: number, n: number, a: ArrayLike<number>): Float32Array {
  return Float32Array.from({ length: m * n }, (_, at) => a[(at % m) * n + Math.floor(at / m)]!);
}
