import { reflectBack, tridiagonal } from "./tridiagonal.ts";

/** Eigenvalues of a symmetric matrix, the largest first, and eigenvectors. */
export interface Eigen {
  readonly values: Float64Array;
  /** count×n row-major, orthonormal: row i belongs to value i. */
  readonly vectors: Float64Array;
}

/** Turns of one QL step: of coordinates i and i + 1, for each i from `first` on; the last of them was the first. */
interface Turns {
  readonly first: number;
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

/** Where QL is: a tridiagonal matrix, and the first place at which its blocks are not yet single numbers. */
interface Progress {
  readonly diagonal: Float64Array;
  readonly beside: Float64Array;
  first: number;
}

/** Turned coordinates that are kept at one time: 4 MB. */
const mostTurns = 2 ** 18;

/** Eigenvalues and the first `count` eigenvectors of a symmetric matrix (n×n, row-major), by implicit QL, in O(n³), with memory for two such matrices; `rest` is awaited in between. Source: Golub & Van Loan 2013, 8.3. */
export async function symmetricEigen(
  matrix: Float64Array,
  n: number,
  rest: () => Promise<void>,
  count = n,
): Promise<Eigen> {
  const { diagonal, beside, reflections } = await tridiagonal(matrix, n, rest);
  let scale = 0;
  for (let i = 0; i < n; i++) scale = Math.max(scale, Math.abs(diagonal[i]!) + Math.abs(beside[i]!));
  const steps = Math.ceil(mostTurns / n);
  const progress = { diagonal, beside, first: 0 };
  const marks = [copyOf(progress)];
  let turns: Turns[] | null = await stepOn(progress, scale, steps, rest);
  while (turns.length === steps) {
    marks.push(copyOf(progress));
    turns = await stepOn(progress, scale, steps, rest);
  }
  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[j]! - diagonal[i]! || i - j);
  const vectors = new Float64Array(count * n);
  for (const [row, place] of order.slice(0, count).entries()) vectors[row * n + place] = 1;
  // Turned from the last step to the first, so that only those wanted are turned at all; steps are made again from the marks between them.
  for (let mark = marks.pop(); mark; mark = marks.pop()) {
    turns ??= await stepOn(mark, scale, steps, rest);
    for (const one of turns.toReversed()) {
      turn(vectors, n, one);
      await rest();
    }
    turns = null;
  }
  await reflectBack(vectors, n, reflections, rest);
  return { values: Float64Array.from(order, (i) => diagonal[i]!), vectors };
}

function copyOf({ diagonal, beside, first }: Progress): Progress {
  return { diagonal: diagonal.slice(), beside: beside.slice(), first };
}

/** Makes up to `most` steps of QL: as many, or none are left. */
async function stepOn(
  progress: Progress,
  scale: number,
  most: number,
  rest: () => Promise<void>,
): Promise<Turns[]> {
  const { diagonal, beside } = progress;
  const turns: Turns[] = [];
  for (; progress.first < diagonal.length; progress.first++)
    for (let last = blockEnd(beside, progress.first, scale); last > progress.first;) {
      if (turns.length === most) return turns;
      turns.push(step(diagonal, beside, progress.first, last));
      await rest();
      last = blockEnd(beside, progress.first, scale);
    }
  return turns;
}

/** The last place of the block that begins at l: where what is beside the diagonal is zero up to rounding. */
function blockEnd(beside: Float64Array, l: number, scale: number): number {
  let m = l;
  while (m + 1 < beside.length && Math.abs(beside[m]!) > 2 ** -53 * scale) m++;
  return m;
}

/** One QL step with Wilkinson's shift on the block from l to m. */
function step(d: Float64Array, e: Float64Array, l: number, m: number): Turns {
  const cosines = new Float64Array(m - l);
  const sines = new Float64Array(m - l);
  const ratio = (d[l + 1]! - d[l]!) / (2 * e[l]!);
  const root = Math.sqrt(ratio * ratio + 1);
  let g = d[m]! - d[l]! + e[l]! / (ratio + (ratio < 0 ? -root : root));
  let sine = 1;
  let cosine = 1;
  let shift = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = sine * e[i]!;
    const b = cosine * e[i]!;
    const r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1]! -= shift;
      e[m] = 0;
      return { first: i + 1, cosines: cosines.subarray(i + 1 - l), sines: sines.subarray(i + 1 - l) };
    }
    sine = f / r;
    cosine = g / r;
    g = d[i + 1]! - shift;
    const t = (d[i]! - g) * sine + 2 * cosine * b;
    shift = sine * t;
    d[i + 1] = g + shift;
    g = cosine * t - b;
    sines[i - l] = sine;
    cosines[i - l] = cosine;
  }
  d[l]! -= shift;
  e[l] = g;
  e[m] = 0;
  return { first: l, cosines, sines };
}

/** Turns the rows of vectors (n numbers each) as a step does; four rows at once, since each number waits for the one before it. */
function turn(vectors: Float64Array, n: number, { first, cosines, sines }: Turns): void {
  const count = vectors.length / n;
  let row = 0;
  for (; row + 3 < count; row += 4) {
    let at = row * n + first;
    let p = vectors[at]!;
    let q = vectors[at + n]!;
    let r = vectors[at + 2 * n]!;
    let s = vectors[at + 3 * n]!;
    for (let i = 0; i < cosines.length; i++, at++) {
      const cosine = cosines[i]!;
      const sine = sines[i]!;
      const pNext = vectors[at + 1]!;
      const qNext = vectors[at + 1 + n]!;
      const rNext = vectors[at + 1 + 2 * n]!;
      const sNext = vectors[at + 1 + 3 * n]!;
      vectors[at] = cosine * p + sine * pNext;
      vectors[at + n] = cosine * q + sine * qNext;
      vectors[at + 2 * n] = cosine * r + sine * rNext;
      vectors[at + 3 * n] = cosine * s + sine * sNext;
      p = cosine * pNext - sine * p;
      q = cosine * qNext - sine * q;
      r = cosine * rNext - sine * r;
      s = cosine * sNext - sine * s;
    }
    vectors[at] = p;
    vectors[at + n] = q;
    vectors[at + 2 * n] = r;
    vectors[at + 3 * n] = s;
  }
  for (; row < count; row++)
    for (let i = 0, at = row * n + first; i < cosines.length; i++, at++) {
      const held = vectors[at]!;
      const next = vectors[at + 1]!;
      vectors[at] = cosines[i]! * held + sines[i]! * next;
      vectors[at + 1] = cosines[i]! * next - sines[i]! * held;
    }
}
