import { openWgslAls } from "../../../src/compute/wgsl/als.ts";
import { openWgslBpr } from "../../../src/compute/wgsl/bpr.ts";
import { alsCase, alsGap } from "../../reference/als-cases.ts";
import { bprCase, bprGap } from "../../reference/bpr-cases.ts";
import { sparseProblems } from "../../reference/sparse-problems.ts";
import type { Gaps } from "./gaps.ts";
import { sampleOf } from "./sample.ts";

/** Problems beside their twins. */
export async function bpr(full: boolean): Promise<Gaps> {
  const gaps: [string, number][] = [];
  for (const problem of sampleOf(sparseProblems(), full))
    for (const batchSize of problem.matrix.values.length < 300 ? [7, 64] : [64]) {
      const training = bprCase(problem, batchSize);
      const trainer = await openWgslBpr(training);
      gaps.push([`${problem.name} by ${batchSize}`, await bprGap(trainer, training)]);
      trainer.dispose();
    }
  return gaps;
}

/** A second run, a run that is stopped, and the kernels of a step. */
export async function bprAgain(): Promise<Gaps> {
  const training = bprCase(sparseProblems().at(-1), 32);
  const run = async (): Promise<string> => {
    const trainer = await openWgslBpr(training);
    const loss = await trainer.epoch(3, async () => true);
    const { users, items } = await trainer.factors();
    trainer.dispose();
    return [loss, ...users, ...items].join();
  };
  const first = await run();
  const trainer = await openWgslBpr(training);
  const stopped = await trainer.epoch(3, async () => false);
  trainer.dispose();
  return [
    ["a second run has other bits", Number(first !== (await run()))],
    ["a run that is stopped gives a loss", Number(stopped !== null)],
    ["kernels of a step over three", Math.max(trainer.dispatches - 3, 0)],
  ];
}

/** Problems beside their twins. */
export async function als(full: boolean): Promise<Gaps> {
  const gaps: [string, number][] = [];
  for (const problem of sampleOf(sparseProblems(true), full)) {
    const training = alsCase(problem, 3);
    const trainer = await openWgslAls(training);
    gaps.push([problem.name, await alsGap(trainer, training)]);
    trainer.dispose();
  }
  return gaps;
}

/** A second run, and a run that is stopped. */
export async function alsAgain(): Promise<Gaps> {
  const training = alsCase(sparseProblems(true).at(-1), 3);
  const run = async (): Promise<string> => {
    const trainer = await openWgslAls(training);
    const loss = await trainer.epoch(async () => true);
    const { users, items } = await trainer.factors();
    trainer.dispose();
    return [loss, ...users, ...items].join();
  };
  const first = await run();
  const trainer = await openWgslAls(training);
  const stopped = await trainer.epoch(async () => false);
  trainer.dispose();
  return [
    ["a second run has other bits", Number(first !== (await run()))],
    ["a run that is stopped gives a loss", Number(stopped !== null)],
  ];
}
