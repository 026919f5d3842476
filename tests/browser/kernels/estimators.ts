import { setSession } from "../../../src/library/session.ts";
import {
  estimatorCases,
  given,
  kindOf,
  type EstimatorCase,
  type Name,
} from "../../unit/library/estimator-cases.ts";
import { fakeCell } from "../../unit/library/fake-cell.ts";
import type { Gaps } from "./gaps.ts";

const device = "webgpu";

/** On the GPU: whether a loss that is no longer a number is named, and, where the tests are full, whether Stop keeps what was learnt. */
export async function estimators(full: boolean): Promise<Gaps> {
  const gaps: [string, number][] = [];
  for (const [name, one] of Object.entries(estimatorCases) as [Name, EstimatorCase][]) {
    if (!one.tiers) continue;
    if (one.wild) gaps.push([`${name}: a loss that is no number`, Number(!(await named(name, one)))]);
    if (full && one.endless) gaps.push([`${name}: Stop`, Number(!(await kept(name, one, one.endless)))]);
  }
  return gaps;
}

async function named(name: Name, { params, data, wild }: EstimatorCase): Promise<boolean> {
  const [wildly, remedy] = wild!;
  try {
    await new (kindOf(name))({ ...params, ...wildly, device }).fit(...given[data].good);
    return false;
  } catch (error) {
    return (
      error instanceof RangeError && /the loss became/.test(error.message) && error.message.includes(remedy)
    );
  }
}

async function kept(name: Name, one: EstimatorCase, endless: object | "short"): Promise<boolean> {
  const cell = fakeCell(({ epoch, fit }) => epoch >= (endless === "short" ? 0 : 1) && cell.stop(fit));
  const long = endless === "short" ? {} : endless;
  const model = await new (kindOf(name))({ ...one.params, ...long, device }).fit(...given[one.data].good);
  const said = await one.says(model);
  const { state, device: ran } = cell.last();
  setSession(null);
  return (
    model.stopped && state === "stopped" && ran.tier === device && /\d/.test(said) && !said.includes("NaN")
  );
}
