import { expect, test } from "vitest";
import { csrOf } from "../../../src/compute/csr.ts";
import { SimdAls } from "../../../src/compute/simd/als.ts";
import { seededRandom } from "../../../src/core/random.ts";
import { alsCase, alsGap } from "../../reference/als-cases.ts";
import { AlsTwin } from "../../reference/als-twin.ts";
import { distance, sparseProblems } from "../../reference/sparse-problems.ts";

const goOn = () => Promise.resolve(true);
const problems = sparseProblems(true);

test.each(problems)("factors and losses of three epochs are those of the twin: $name", async (problem) => {
  for (const cgSteps of problem.matrix.values.length < 300 ? [1, 3] : [3]) {
    const training = alsCase(problem, cgSteps);
    expect(await alsGap(new SimdAls(training), training)).toBeLessThan(1e-3);
  }
});

test.each(problems.slice(2, 14))(
  "the residual is half the slope of the loss, and ends at 0: $name",
  (problem) => {
    const twin = new AlsTwin(alsCase(problem, 40));
    const user = twin.users.findIndex((_, u) => twin.confidenceOf(u).some((c) => c !== 0));
    const slopes = () => {
      const x = twin.users[user]!;
      const rise = 1e-5;
      return x.map((value, f) => {
        const at = (moved: number) => {
          x[f] = moved;
          return twin.loss();
        };
        const slope = (at(value + rise) - at(value - rise)) / (2 * rise);
        x[f] = value;
        return slope;
      });
    };
    const rest = () => twin.residual(twin.users[user]!, twin.confidenceOf(user), twin.items);
    expect(
      distance(
        slopes(),
        rest().map((value) => -2 * value),
      ),
    ).toBeLessThan(1e-6);
    const items = twin.items;
    twin.epoch();
    twin.items = items;
    expect(Math.max(...rest().map(Math.abs))).toBeLessThan(1e-6);
  },
);

test("enough steps of conjugate gradients solve the equations of a user", async () => {
  const problem = problems.find(({ name }) => name.startsWith("50 × 50"))!;
  const training = alsCase(problem, 12);
  const trainer = new SimdAls(training);
  for (let epoch = 0; epoch < 10; epoch++) await trainer.epoch(goOn);
  const { users, items } = await trainer.factors();
  const twin = new AlsTwin({ ...training, start: { users, items } });
  // Items were solved last, so that theirs is the gradient that is 0: the loss cannot fall by moving any of them.
  const loss = twin.loss();
  for (const row of twin.items.slice(0, 10))
    for (const f of row.keys())
      for (const rise of [-1e-3, 1e-3]) {
        row[f]! += rise;
        expect(twin.loss()).toBeGreaterThan(loss);
        row[f]! -= rise;
      }
});

test("the same start gives the same bits", async () => {
  const training = alsCase(problems[18]!, 3);
  const [first, second] = [new SimdAls(training), new SimdAls(training)];
  for (let epoch = 0; epoch < 2; epoch++) expect(await first.epoch(goOn)).toBe(await second.epoch(goOn));
  expect(await first.factors()).toEqual(await second.factors());
});

test("an epoch ends where it is told to", async () => {
  const trainer = new SimdAls(alsCase(problems[18]!, 3));
  expect(await trainer.epoch(() => Promise.resolve(false))).toBeNull();
});

test("a user without anything has factors of 0", async () => {
  const matrix = csrOf(2, 2, {
    rows: Int32Array.of(0, 0),
    columns: Int32Array.of(0, 1),
    values: Float64Array.of(1, 2),
  });
  const trainer = new SimdAls(alsCase({ name: "one", matrix, factors: 3, random: seededRandom(1) }, 3));
  await trainer.epoch(goOn);
  expect([...(await trainer.factors()).users.subarray(3)]).toEqual([0, 0, 0]);
});
