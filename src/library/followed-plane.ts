import { seededRandom } from "../core/random.ts";
import { dot } from "../core/row-sums.ts";
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
    const places = new Float32Array(2 * rows);
    for (let i = 0, at = 0; i < rows; i++) {
      let [right, up] = [0, 0];
      for (let j = 0; j < columns; j++, at++) {
        const value = data[at]! - this.#middle[j]!;
        right += value * first[j]!;
        up += value * second[j]!;
      }
      places[2 * i] = right;
      places[2 * i + 1] = up;
    }
    return new Matrix(places, rows, 2);
  }
}

/** Points spread evenly over all, less their mean. */
function centred(points: Matrix): { readonly rows: readonly Float64Array[]; readonly middle: Float64Array } {
  const step = Math.ceil(points.rows / mostPoints);
  const rows = Array.from({ length: Math.ceil(points.rows / step) }, (_, i) =>
    Float64Array.from(points.row(i * step)),
  );
  const middle = new Float64Array(points.columns);
  for (const row of rows) for (let j = 0; j < middle.length; j++) middle[j]! += row[j]! / rows.length;
  for (const row of rows) for (let j = 0; j < middle.length; j++) row[j]! -= middle[j]!;
  return { rows, middle };
}

function startAxes(columns: number): Axes {
  const random = seededRandom(0);
  const direction = (): Float64Array => Float64Array.from({ length: columns }, () => random.next() - 0.5);
  const [first, second] = [direction(), direction()];
  return orthonormal(first, second) ?? [first, second];
}

/** One round of subspace iteration: the axes times the scatter of the rows; as they are, where the rows have no plane. */
function nearer(axes: Axes, rows: readonly Float64Array[]): Axes {
  const [first, second] = axes.map((axis) => new Float64Array(axis.length)) as [Float64Array, Float64Array];
  for (const row of rows) {
    const [right, up] = [dot(row, axes[0]), dot(row, axes[1])];
    for (let j = 0; j < row.length; j++) {
      first[j]! += right * row[j]!;
      second[j]! += up * row[j]!;
    }
  }
  return orthonormal(first, second) ?? axes;
}

/** Two directions by Gram and Schmidt; null where they span no plane. */
function orthonormal(first: Float64Array, second: Float64Array): Axes | null {
  const along = dot(first, second) / dot(first, first);
  const rest = second.map((value, j) => value - along * first[j]!);
  const [long, short] = [Math.sqrt(dot(first, first)), Math.sqrt(dot(rest, rest))];
  if (!(long > 0 && short > 1e-12 * Math.sqrt(dot(second, second)))) return null;
  return [first.map((value) => value / long), rest.map((value) => value / short)];
}

/** The same plane by its principal axes, each with its largest number above 0, as in scikit-learn. */
function principal(axes: Axes, rows: readonly Float64Array[]): Axes {
  let [across, along, both] = [0, 0, 0];
  for (const row of rows) {
    const [right, up] = [dot(row, axes[0]), dot(row, axes[1])];
    across += right * right;
    along += up * up;
    both += right * up;
  }
  const angle = Math.atan2(2 * both, across - along) / 2;
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
