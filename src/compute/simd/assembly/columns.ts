/** Adds to sums Σ(x − shift), and to squares Σ(x − shift)², of each column over n rows of singles. shift, sums, squares: doubles, columns padded to a multiple of 4; what is read past the last row does not count. */
export function addMomentsOfSingles(x: usize, n: i32, columns: i32, shift: usize, sums: usize, squares: usize): void {
  addMoments<f32>(x, n, columns, shift, sums, squares);
}

/** As `addMomentsOfSingles`, of doubles. */
export function addMomentsOfDoubles(x: usize, n: i32, columns: i32, shift: usize, sums: usize, squares: usize): void {
  addMoments<f64>(x, n, columns, shift, sums, squares);
}

/** out ← (x − mean) · factor, n rows of singles that are `width` apart. x: n × columns singles; mean: doubles. */
export function centreSingles(x: usize, n: i32, columns: i32, width: i32, mean: usize, factor: f64, out: usize): void {
  centre<f32>(x, n, columns, width, mean, factor, out);
}

/** As `centreSingles`, of doubles. */
export function centreDoubles(x: usize, n: i32, columns: i32, width: i32, mean: usize, factor: f64, out: usize): void {
  centre<f64>(x, n, columns, width, mean, factor, out);
}

// @ts-ignore: decorator
@inline
function addMoments<T>(x: usize, n: i32, columns: i32, shift: usize, sums: usize, squares: usize): void {
  const row = <usize>columns * sizeof<T>();
  for (let j: usize = 0; j < <usize>columns; j += 4) {
    const at = j << 3;
    const shift0 = v128.load(shift + at);
    const shift1 = v128.load(shift + at, 16);
    let sum0 = v128.load(sums + at);
    let sum1 = v128.load(sums + at, 16);
    let squares0 = v128.load(squares + at);
    let squares1 = v128.load(squares + at, 16);
    let from = x + j * sizeof<T>();
    for (let i = 0; i < n; i++, from += row) {
      const x0 = f64x2.sub(two<T>(from), shift0);
      const x1 = f64x2.sub(two<T>(from + 2 * sizeof<T>()), shift1);
      sum0 = f64x2.add(sum0, x0);
      sum1 = f64x2.add(sum1, x1);
      squares0 = f64x2.add(squares0, f64x2.mul(x0, x0));
      squares1 = f64x2.add(squares1, f64x2.mul(x1, x1));
    }
    v128.store(sums + at, sum0);
    v128.store(sums + at, sum1, 16);
    v128.store(squares + at, squares0);
    v128.store(squares + at, squares1, 16);
  }
}

// @ts-ignore: decorator
@inline
function centre<T>(x: usize, n: i32, columns: i32, width: i32, mean: usize, factor: f64, out: usize): void {
  const four = columns & ~3;
  const factors = f64x2.splat(factor);
  for (let i = 0; i < n; i++) {
    const from = x + <usize>(i * columns) * sizeof<T>();
    const to = out + (<usize>(i * width) << 2);
    for (let j = 0; j < four; j += 4) {
      const at = from + <usize>j * sizeof<T>();
      const less = mean + (<usize>j << 3);
      const low = f64x2.mul(f64x2.sub(two<T>(at), v128.load(less)), factors);
      const high = f64x2.mul(f64x2.sub(two<T>(at + 2 * sizeof<T>()), v128.load(less, 16)), factors);
      const both = v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
      v128.store(to + (<usize>j << 2), both);
    }
    for (let j = four; j < columns; j++) {
      const value = <f64>load<T>(from + <usize>j * sizeof<T>());
      store<f32>(to + (<usize>j << 2), <f32>((value - load<f64>(mean + (<usize>j << 3))) * factor));
    }
  }
}

/** Two numbers as doubles. */
// @ts-ignore: decorator
@inline
function two<T>(at: usize): v128 {
  return sizeof<T>() == 4 ? f64x2.promote_low_f32x4(v128.load64_zero(at)) : v128.load(at);
}
