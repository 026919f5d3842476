import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.ts";
import { Matrix } from "../../../src/data/matrix.ts";
import {
  binaryLoss,
  multinomialLoss,
  squaredLoss,
  type BoostingLoss,
} from "../../../src/library/boosting-loss.ts";
import { logisticLoss } from "../../../src/library/logistic-loss.ts";
import { marginLosses } from "../../../src/library/margin-loss.ts";
import { logisticCases } from "../../reference/logistic-twin.ts";

const rise = 1e-5;

/** The slope of f at x by central differences. */
function slope(f: (x: number) => number, x: number): number {
  return (f(x + rise) - f(x - rise)) / (2 * rise);
}

/** The difference of two lists, over the largest number wanted or 1. */
function apart(found: ArrayLike<number>, wanted: readonly number[]): number {
  expect(found.length).toBe(wanted.length);
  const gaps = wanted.map((value, i) => Math.abs(found[i]! - value));
  return Math.max(0, ...gaps) / Math.max(1, ...wanted.map(Math.abs));
}

describe.each([
  { name: "two classes", loss: binaryLoss, classes: 2 },
  { name: "three classes", loss: multinomialLoss(3), classes: 3 },
  { name: "seven classes", loss: multinomialLoss(7), classes: 7 },
  { name: "values", loss: squaredLoss, classes: 0 },
] satisfies { name: string; loss: BoostingLoss; classes: number }[])(
  "boosting $name",
  ({ loss, classes }) => {
    const random = seededRandom(classes);
    const rows = 40;
    const raw = Float64Array.from({ length: rows * loss.outputs }, () => 8 * random.next() - 4);
    const y = Float64Array.from({ length: rows }, () =>
      classes ? random.integer(classes) : 4 * random.next() - 2,
    );

    /** The loss of a row as one of its raw predictions moves. */
    const moved = (i: number, k: number) => (value: number) => {
      const place = i * loss.outputs + k;
      return loss.sum(raw.with(place, value), y, i, i + 1);
    };
    const places = Array.from({ length: rows }, (_, i) => i);

    test.each(Array.from({ length: loss.outputs }, (_, k) => k))(
      "has the gradient and the hessian of finite differences, output %i",
      (k) => {
        const pairs = new Float32Array(2 * rows);
        loss.gradients(raw, y, k, pairs, 0, rows);
        const at = (i: number): number => raw[i * loss.outputs + k]!;
        const first = places.map((i) => slope(moved(i, k), at(i)));
        expect(
          apart(
            pairs.filter((_, i) => i % 2 === 0),
            first,
          ),
        ).toBeLessThan(1e-6);
        const gradient = (i: number) => (value: number) => {
          const pair = new Float32Array(2 * rows);
          loss.gradients(raw.with(i * loss.outputs + k, value), y, k, pair, i, i + 1);
          return pair[2 * i]!;
        };
        // Gradients are singles, so that their differences need a longer way.
        const second = places.map((i) => (gradient(i)(at(i) + 0.01) - gradient(i)(at(i) - 0.01)) / 0.02);
        expect(
          apart(
            pairs.filter((_, i) => i % 2 === 1),
            second,
          ),
        ).toBeLessThan(1e-4);
      },
    );

    test("begins where the loss of all rows is least", () => {
      const baseline = loss.baseline(y);
      const all = (at: Float64Array): number =>
        loss.sum(
          raw.map((_, place) => at[place % loss.outputs]!),
          y,
          0,
          rows,
        );
      for (const k of baseline.keys())
        expect(slope((value) => all(baseline.with(k, value)), baseline[k]!)).toBeCloseTo(0, 6);
    });
  },
);

test.each(Object.entries(marginLosses))(
  "%s has the slope of finite differences",
  (_, { value, slope: own }) => {
    // None of the places is a corner.
    for (const z of [-3.3, -1.7, -0.4, 0.2, 0.9, 1.3, 4.1]) expect(own(z)).toBeCloseTo(slope(value, z), 8);
  },
);

test.each(
  logisticCases.filter(({ rows, columns, outputs }) => rows <= 300 && (columns + 1) * outputs <= 300),
)(
  "$name: the logistic loss has the gradient and the curvature of finite differences",
  async ({ rows, columns, x, mean, unit, codes, shares, outputs, w, v }) => {
    const scaled = x.map((value, at) => (value - mean[at % columns]!) / unit[at % columns]!);
    const classes = outputs === 1 ? 2 : outputs;
    const problem = { codes, weights: shares, classes, penalty: 0.3, fitIntercept: true };
    const loss = logisticLoss({ X: new Matrix(scaled, rows, columns), ...problem });
    const at = (by: number, along: Float64Array) => loss.at(w.map((value, i) => value + by * along[i]!));
    const unitVector = (place: number) => Float64Array.from(w, (_, i) => Number(i === place));
    const slopes: number[] = [];
    for (const place of w.keys()) {
      const [above, below] = [await at(rise, unitVector(place)), await at(-rise, unitVector(place))];
      slopes.push((above.value - below.value) / (2 * rise));
    }
    const [above, below] = [await at(rise, v), await at(-rise, v)];
    const bends = Array.from(above.gradient, (value, i) => (value - below.gradient[i]!) / (2 * rise));
    const { gradient } = await loss.at(w);
    expect(apart(gradient, slopes)).toBeLessThan(1e-7);
    expect(apart(await loss.curve(v), bends)).toBeLessThan(1e-7);
    const own = await Promise.all(Array.from(w.keys(), async (p) => (await loss.curve(unitVector(p)))[p]!));
    expect(apart(await loss.diagonal(), own)).toBeLessThan(1e-12);
  },
);
