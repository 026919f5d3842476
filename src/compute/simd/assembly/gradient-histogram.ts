// A node's histograms: for each column 256 pairs of doubles (gradients, hessians), then for each column 256 counts of rows.

const pairBytes = 4096;
const countBytes = 1024;

/** Adds up gradients, hessians and rows of each bin in four columns. words: their bins; rows: n; pairs: gradient and hessian of each of them, in singles. */
export function gradientHistogram(words: usize, rows: usize, n: i32, pairs: usize, sums: usize, counts: usize): void {
  memory.fill(sums, 0, 4 * pairBytes);
  memory.fill(counts, 0, 4 * countBytes);
  for (let i = 0; i < n; i++) {
    const word = load<u32>(words + (load<i32>(rows + (i << 2)) << 2));
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(pairs + (i << 3)));
    const a = word & 255;
    const b = (word >> 8) & 255;
    const c = (word >> 16) & 255;
    const d = word >> 24;
    add(sums + (a << 4), pair);
    add(sums + pairBytes + (b << 4), pair);
    add(sums + 2 * pairBytes + (c << 4), pair);
    add(sums + 3 * pairBytes + (d << 4), pair);
    increment(counts + (a << 2));
    increment(counts + countBytes + (b << 2));
    increment(counts + 2 * countBytes + (c << 2));
    increment(counts + 3 * countBytes + (d << 2));
  }
}

/** all ← all − part, the histograms of the sibling of `part`. columns: how many, divisible by 4. */
export function subtractHistogram(all: usize, part: usize, columns: i32): void {
  const middle = columns * pairBytes;
  for (let i = 0; i < middle; i += 16)
    v128.store(all + i, f64x2.sub(v128.load(all + i), v128.load(part + i)));
  for (let i = middle; i < middle + columns * countBytes; i += 16)
    v128.store(all + i, i32x4.sub(v128.load(all + i), v128.load(part + i)));
}

/**
 * Finds the split of a node with the largest gain GL²/(HL + l2) + GR²/(HR + l2) − G²/(H + l2); of equal ones the first.
 * bins: for each column how many bins it has; missing: whether it has missing values, and allowed: whether it may be split, a byte each.
 * gradient, hessian, n: the node's sums; of its sides neither may have fewer than `fewest` rows or less hessian than `least`.
 * best ← gain (0 where there is none), column, bin, whether missing goes left, and gradient, hessian and rows of the left side, as doubles.
 */
export function bestGradientSplit(
  sums: usize,
  columns: i32,
  bins: usize,
  missing: usize,
  allowed: usize,
  gradient: f64,
  hessian: f64,
  n: i32,
  l2: f64,
  fewest: i32,
  least: f64,
  best: usize,
): void {
  const counts = sums + ((columns + 3) & ~3) * pairBytes;
  const parent = strength(gradient, hessian, l2);
  store<f64>(best, 0);
  for (let column = 0; column < columns; column++) {
    if (!load<u8>(allowed + column)) continue;
    const pair = sums + column * pairBytes;
    const count = counts + column * countBytes;
    const regular = load<i32>(bins + (column << 2));
    const hasMissing = i32(load<u8>(missing + column));
    let g: f64 = 0;
    let h: f64 = 0;
    let rows = 0;
    for (let bin = 0; bin < regular - 1 + hasMissing; bin++) {
      g += load<f64>(pair + (bin << 4));
      h += load<f64>(pair + (bin << 4), 8);
      rows += load<i32>(count + (bin << 2));
      if (rows < fewest || h < least) continue;
      if (n - rows < fewest || hessian - h < least) break;
      const gain = strength(g, h, l2) + strength(gradient - g, hessian - h, l2) - parent;
      if (gain > load<f64>(best)) keep(best, gain, column, bin, 0, g, h, rows);
    }
    if (!hasMissing) continue;
    g = gradient;
    h = hessian;
    rows = n;
    for (let bin = regular - 2; bin >= 0; bin--) {
      g -= load<f64>(pair + ((bin + 1) << 4));
      h -= load<f64>(pair + ((bin + 1) << 4), 8);
      rows -= load<i32>(count + ((bin + 1) << 2));
      if (n - rows < fewest || hessian - h < least) continue;
      if (rows < fewest || h < least) break;
      const gain = strength(g, h, l2) + strength(gradient - g, hessian - h, l2) - parent;
      if (gain > load<f64>(best)) keep(best, gain, column, bin, 1, g, h, rows);
    }
  }
}

// @ts-ignore: decorator
@inline
function strength(g: f64, h: f64, l2: f64): f64 {
  // The tiny number keeps scikit-learn's division from zero.
  return (g * g) / (h + l2 + 1e-15);
}

function keep(best: usize, gain: f64, column: i32, bin: i32, missingLeft: i32, g: f64, h: f64, rows: i32): void {
  store<f64>(best, gain);
  store<f64>(best, column, 8);
  store<f64>(best, bin, 16);
  store<f64>(best, missingLeft, 24);
  store<f64>(best, g, 32);
  store<f64>(best, h, 40);
  store<f64>(best, rows, 48);
}

// @ts-ignore: decorator
@inline
function add(at: usize, pair: v128): void {
  v128.store(at, f64x2.add(v128.load(at), pair));
}

// @ts-ignore: decorator
@inline
function increment(at: usize): void {
  store<i32>(at, load<i32>(at) + 1);
}
