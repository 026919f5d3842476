// What the page of `kernels.test.ts` runs: WGSL beside the twins, on whatever adapter there is.
import { kMeansOnWgsl } from "../../../src/compute/wgsl/k-means.ts";
import { kMeansCases, kMeansGap } from "../../reference/k-means-twin.ts";

/** A family of kernels: how far each case is from its twin, and whether a second run gives the same bits. */
const families = {
  async kMeans(): Promise<readonly (readonly [name: string, gap: number])[]> {
    const gaps: [string, number][] = [];
    for (const one of kMeansCases) {
      const kernel = await kMeansOnWgsl(one, one.k);
      gaps.push([one.name, await kMeansGap(kernel, one)]);
      kernel.dispose();
    }
    return gaps;
  },
  async kMeansAgain(): Promise<readonly (readonly [name: string, gap: number])[]> {
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
  },
};

/** Names of the families. */
export type Family = keyof typeof families;

(globalThis as { kernels?: typeof families }).kernels = families;
