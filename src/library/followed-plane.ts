import { seededRandom } from "../core/random.ts";
import { addRows, dot, productsWith } from "../core/row-sums.ts";
import { withSigns } from "../core/signs.ts";
import { Matrix } from "../data/matrix.ts";

/** Two directions, orthonormal. */
type Axes = readonly [Float64Array, Float64Array];

/** Points that the plane is found by, at most. */
const mostPoints = 2000;
/** Rounds of subspace iteration at first, and each time the points have moved. */
const firstRounds = 40;
const laterRounds = 8;

/**
 * The plane on which points have the most variance, as PCA finds it, followed while they move: it turns from where it last was, by subspace
 * iteration on a sample of the points, and never flips or spins within itself, so that what is seen on it moves and does not jump.
 * Source: Golub & Van Loan 2013, 8.2.
 */
export class FollowedPlane {
  #axes: Axes | null = null;
  #middle: Float64Array = new Float64Array();

  /** Turns the plane to where the points (n×d, d ≥ 2) are now. */
  follow(points: Matrix): void {
    const sample = centred(points);
    this.#middle = sample.middle;
    const before = this.#axes;
    let axes = before ?? startAxes(points.columns);
    for (let round = before ? laterRounds : firstRounds; round > 0; round--) axes = nearer(axes, sample.rows);
    this.#axes = before ? turnedTo(axes, before) : principal(axes, sample.rows);
  }

  /** Where points (n×d) lie on the plane, n×2. */
  project({ data, rows, columns }: Matrix): Matrix<Float32Array> {
    const [first, second] = this.#axes!;
    const middle = this.#middle;
    const places = new Float32Array(2 * rows);
    for (let i = 0, at = 0; i < rows; i++) {
      let right = 0;
      let up = 0;
      for (let j = 0; j < columns; j++, at++) {
        const value = data[at]! - middle[j]!;
        right += value * first[j]!;
        up += value * second[j]!;
      }
      places[2 * i] = right;
      places[2 * i + 1] = up;
    }
    return new Matrix(places, rows, 2);
  }
}

/** Points spread evenly over all, row after row, less their mean. */
function centred({ data, rows, columns }: Matrix): {
  readonly rows: Float64Array;
  readonly middle: Float64Array;
} {
  const step = Math.ceil(rows / mostPoints);
  const sample = new Float64Array(Math.ceil(rows / step) * columns);
  const middle = new Float64Array(columns);
  for (let at = 0, from = 0; at < sample.length; from += (step - 1) * columns)
    for (let j = 0; j < columns; j++, at++, from++) {
      const value = data[from]!;
      sample[at] = value;
      middle[j]! += value;
    }
  const count = sample.length / columns;
  for (let j = 0; j < columns; j++) middle[j]! /= count;
  for (let at = 0; at < sample.length;) for (let j = 0; j < columns; j++, at++) sample[at]! -= middle[j]!;
  return { rows: sample, middle };
}

function startAxes(columns: number): Axes {
  const random = seededRandom(0);
  const direction = (): Float64Array => Float64Array.from({ length: columns }, () => random.next() - 0.5);
  const [first, second] = [direction(), direction()];
  return orthonormal(first, second) ?? [first, second];
}

/** One round of subspace iteration: the axes times the scatter of the rows; as they are, where the rows have no plane. */
function nearer(axes: Axes, rows: Float64Array): Axes {
  const [first, second] = axes.map((axis) => {
    const turned = new Float64Array(axis.length);
    addRows(turned, along(axis, rows), rows);
    return turned;
  });
  return orthonormal(first!, second!) ?? axes;
}

/** How far each row lies along an axis. */
function along(axis: Float64Array, rows: Float64Array): Float64Array {
  const lengths = new Float64Array(rows.length / axis.length);
  productsWith(axis, rows, axis.length, 0, 0, lengths);
  return lengths;
}

/** Two directions by Gram and Schmidt; null where they span no plane. */
function orthonormal(first: Float64Array, second: Float64Array): Axes | null {
  const share = dot(first, second) / dot(first, first);
  const rest = second.map((value, j) => value - share * first[j]!);
  const [long, short] = [Math.sqrt(dot(first, first)), Math.sqrt(dot(rest, rest))];
  if (!(long > 0 && short > 1e-12 * Math.sqrt(dot(second, second)))) return null;
  return [first.map((value) => value / long), rest.map((value) => value / short)];
}

/** The same plane by its principal axes, each with its largest number above 0, as in scikit-learn. */
function principal(axes: Axes, rows: Float64Array): Axes {
  const [right, up] = [along(axes[0], rows), along(axes[1], rows)];
  const angle = Math.atan2(2 * dot(right, up), dot(right, right) - dot(up, up)) / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [first, second] = [mixed(axes, cos, sin), mixed(axes, -sin, cos)];
  return [withSigns(first, first.length), withSigns(second, second.length)];
}

/** The same plane by the axes, turned or mirrored within it, that are nearest to those of another. Source: Schönemann 1966. */
function turnedTo(axes: Axes, others: Axes): Axes {
  const [a, b] = [dot(axes[0], others[0]), dot(axes[0], others[1])];
  const [c, d] = [dot(axes[1], others[0]), dot(axes[1], others[1])];
  const mirrored = Math.hypot(a - d, b + c) > Math.hypot(a + d, b - c);
  const angle = mirrored ? Math.atan2(b + c, a - d) : Math.atan2(b - c, a + d);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return mirrored
    ? [mixed(axes, cos, sin), mixed(axes, sin, -cos)]
    : [mixed(axes, cos, -sin), mixed(axes, sin, cos)];
}

function mixed([first, second]: Axes, one: number, other: number): Float64Array {
  return first.map((value, j) => one * value + other * second[j]!);
}
