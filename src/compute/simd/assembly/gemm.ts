import { madd } from "./multiply-add";

/**
 * C ← S + A·B, m×n, terms added in the order of k. A(i, p) stands at a + 4·(i·aRow + p·aColumn) and B(p, j) at b + 4·(p·bRow + j·bColumn), so
 * either may be a transpose. Rows of C are cRow apart, at least n padded to a multiple of 4; the padding becomes that of S.
 * S is laid out like C from `start`, its rows sRow apart (0 repeats one row); a `start` of 0 is zero. panel: room for 2,048 singles.
 */
export function gemm(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  bColumn: i32,
  c: usize,
  cRow: i32,
  start: usize,
  sRow: i32,
  panel: usize,
): void {
  let first = start;
  let firstRow = sRow;
  for (let p = 0; p < k || p == 0; p += depth) {
    const aPart = a + (<usize>(p * aColumn) << 2);
    const bPart = b + (<usize>(p * bRow) << 2);
    const terms = min(k - p, depth);
    part(m, n, terms, aPart, aRow, aColumn, bPart, bRow, bColumn, c, cRow, first, firstRow, panel);
    first = c;
    firstRow = cRow;
  }
}

/** Terms that are added before the next are packed, so that packed columns stay in the nearest cache. */
const depth: i32 = 256;

/** As `gemm`, for k up to `depth`. */
function part(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  bColumn: i32,
  c: usize,
  cRow: i32,
  start: usize,
  sRow: i32,
  panel: usize,
): void {
  const four = m & ~3;
  for (let j = 0; j < n; j += 8) {
    pack(b + (<usize>(j * bColumn) << 2), bRow, bColumn, k, min(n - j, 8), panel);
    const wide = n - j > 4;
    const from = start ? start + (<usize>j << 2) : 0;
    const to = c + (<usize>j << 2);
    for (let i = 0; i < four; i += 4)
      fourRows(
        k,
        a + (<usize>(i * aRow) << 2),
        <usize>aRow << 2,
        <usize>aColumn << 2,
        panel,
        to + (<usize>(i * cRow) << 2),
        <usize>cRow << 2,
        from ? from + (<usize>(i * sRow) << 2) : 0,
        <usize>sRow << 2,
        wide,
      );
    for (let i = four; i < m; i++)
      oneRow(
        k,
        a + (<usize>(i * aRow) << 2),
        <usize>aColumn << 2,
        panel,
        to + (<usize>(i * cRow) << 2),
        from ? from + (<usize>(i * sRow) << 2) : 0,
        wide,
      );
  }
}

/** Lays up to 8 columns of B side by side, k rows of 8, zeros beyond `width`. */
function pack(b: usize, bRow: i32, bColumn: i32, k: i32, width: i32, panel: usize): void {
  const row = <usize>bRow << 2;
  const column = <usize>bColumn << 2;
  const end = panel + (<usize>k << 5);
  if (width == 8 && bColumn == 1) {
    for (; panel < end; panel += 32, b += row) {
      v128.store(panel, v128.load(b));
      v128.store(panel, v128.load(b, 16), 16);
    }
    return;
  }
  for (; panel < end; panel += 32, b += row) {
    for (let j = 0; j < 8; j++)
      store<f32>(panel + (<usize>j << 2), j < width ? load<f32>(b + <usize>j * column) : 0);
  }
}

/** Four rows by eight columns of C; the second four columns are kept only where `wide`. Steps are in bytes. */
// @ts-ignore: decorator
@inline
function fourRows(
  k: i32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  panel: usize,
  c: usize,
  cRow: usize,
  start: usize,
  sRow: usize,
  wide: bool,
): void {
  const zero = f32x4.splat(0);
  let a0 = a;
  let a1 = a0 + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  let x0 = zero, x1 = zero, y0 = zero, y1 = zero, z0 = zero, z1 = zero, w0 = zero, w1 = zero;
  if (start) {
    x0 = v128.load(start);
    y0 = v128.load(start + sRow);
    z0 = v128.load(start + 2 * sRow);
    w0 = v128.load(start + 3 * sRow);
    if (wide) {
      x1 = v128.load(start, 16);
      y1 = v128.load(start + sRow, 16);
      z1 = v128.load(start + 2 * sRow, 16);
      w1 = v128.load(start + 3 * sRow, 16);
    }
  }
  for (const end = panel + (<usize>k << 5); panel < end; panel += 32) {
    const left = v128.load(panel);
    const right = v128.load(panel, 16);
    let factor = v128.load32_splat(a0);
    x0 = madd(factor, left, x0);
    x1 = madd(factor, right, x1);
    factor = v128.load32_splat(a1);
    y0 = madd(factor, left, y0);
    y1 = madd(factor, right, y1);
    factor = v128.load32_splat(a2);
    z0 = madd(factor, left, z0);
    z1 = madd(factor, right, z1);
    factor = v128.load32_splat(a3);
    w0 = madd(factor, left, w0);
    w1 = madd(factor, right, w1);
    a0 += aColumn;
    a1 += aColumn;
    a2 += aColumn;
    a3 += aColumn;
  }
  v128.store(c, x0);
  v128.store(c + cRow, y0);
  v128.store(c + 2 * cRow, z0);
  v128.store(c + 3 * cRow, w0);
  if (!wide) return;
  v128.store(c, x1, 16);
  v128.store(c + cRow, y1, 16);
  v128.store(c + 2 * cRow, z1, 16);
  v128.store(c + 3 * cRow, w1, 16);
}

/** As `fourRows`, one row of C. */
// @ts-ignore: decorator
@inline
function oneRow(k: i32, a: usize, aColumn: usize, panel: usize, c: usize, start: usize, wide: bool): void {
  let x0 = f32x4.splat(0);
  let x1 = x0;
  if (start) {
    x0 = v128.load(start);
    if (wide) x1 = v128.load(start, 16);
  }
  for (const end = panel + (<usize>k << 5); panel < end; panel += 32, a += aColumn) {
    const factor = v128.load32_splat(a);
    x0 = madd(factor, v128.load(panel), x0);
    x1 = madd(factor, v128.load(panel, 16), x1);
  }
  v128.store(c, x0);
  if (wide) v128.store(c, x1, 16);
}
