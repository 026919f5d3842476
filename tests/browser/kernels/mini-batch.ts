import { kMeansOnWgsl } from "../../../src/compute/wgsl/k-means.ts";
import type { Tier } from "../../../src/compute/device.ts";
import { Matrix } from "../../../src/data/matrix.ts";
import { MiniBatchKMeans } from "../../../src/library/mini-batch-k-means.ts";
import { kMeansCases } from "../../reference/k-means-twin.ts";
import { miniBatchGap } from "../../reference/mini-batch-twin.ts";
import { minstd } from "../../reference/minstd.ts";
import type { Gaps } from "./gaps.ts";

/** Batches of every case beside the twin's, and fits on the GPU beside those on the processor, which have the same batches. */
export async function miniBatch(): Promise<Gaps> {
  const gaps: [string, number][] = [];
  for (const one of kMeansCases) {
    const kernel = await kMeansOnWgsl(one, one.k);
    gaps.push([one.name, await miniBatchGap(kernel, one)]);
    kernel.dispose();
  }
  for (const seed of [0, 1]) {
    const [gpu, cpu] = [await fit(seed, "webgpu"), await fit(seed, "wasm")];
    const apart = gpu.clusterCenters.data.map((value, i) => Math.abs(value - cpu.clusterCenters.data[i]!));
    gaps.push(
      [`centres of seed ${seed}`, Math.max(...apart)],
      [`steps of seed ${seed}`, gpu.nSteps - cpu.nSteps],
    );
  }
  return gaps;
}

/** A second fit. */
export async function miniBatchAgain(): Promise<Gaps> {
  const [first, second] = [await fit(2, "webgpu"), await fit(2, "webgpu")];
  const same = first.clusterCenters.data.join() === second.clusterCenters.data.join();
  return [["a second fit", same && first.inertia === second.inertia ? 0 : 1]];
}

function fit(seed: number, device: Tier): Promise<MiniBatchKMeans> {
  const next = minstd(5);
  const X = new Matrix(
    Float64Array.from({ length: 3000 }, (_, i) => 9 * ((i >> 1) % 3) + next()),
    600,
    5,
  );
  const params = { nClusters: 6, batchSize: 128, maxIter: 3, maxNoImprovement: null, seed, device };
  return new MiniBatchKMeans(params).fit(X);
}
