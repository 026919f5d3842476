import { kMeansOnWgsl } from "../../../src/compute/wgsl/k-means.ts";
import { kMeansCases, kMeansGap } from "../../reference/k-means-twin.ts";
import type { Gaps } from "./gaps.ts";

/** Every case beside its twin. */
export async function kMeans(): Promise<Gaps> {
  const gaps: [string, number][] = [];
  for (const one of kMeansCases) {
    const kernel = await kMeansOnWgsl(one, one.k);
    gaps.push([one.name, await kMeansGap(kernel, one)]);
    kernel.dispose();
  }
  return gaps;
}

/** A second run. */
export async function kMeansAgain(): Promise<Gaps> {
  const one = kMeansCases.at(-1)!;
  const runs = [];
  for (let run = 0; run < 2; run++) {
    const kernel = await kMeansOnWgsl(one, one.k);
    kernel.setCentres(one.centres);
    await kernel.step();
    const { centres, inertia } = await kernel.step();
    runs.push([...centres, inertia].join());
    kernel.dispose();
  }
  return [["a second run", runs[0] === runs[1] ? 0 : 1]];
}
