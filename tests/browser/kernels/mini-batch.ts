import { kMeansOnWgsl } from "../../../src/compute/wgsl/k-means.ts";
import type { Tier } from "../../../src/compute/device.ts";
import { Matrix } from "../../../src/data/matrix.ts";
import { MiniBatchKMeans } from "../../../src/library/mini-batch-k-means.ts";
import { kMeansCases, type KMeansCase } from "../../reference/k-means-twin.ts";
import { miniBatchGap } from "../../reference/mini-batch-twin.ts";
import { minstd } from "../../reference/minstd.ts";
import type { Gaps } from "./gaps.ts";

/** Batches of some cases beside the twin's, and fits on the GPU beside those on the processor, which have the same batches, and beside a second one. */
export async function miniBatch(): Promise<Gaps> {
  const gaps = await batchGaps([2, 11, 15, 19].map((i) => kMeansCases[i]!));
  const [gpu, again, cpu] = [await fit("webgpu"), await fit("webgpu"), await fit("wasm")];
  const [ours, second, other] = [gpu, again, cpu].map((model) => model.clusterCenters.data);
  return [
    ...gaps,
    ["centres on the processor", Math.max(...ours!.map((value, i) => Math.abs(value - other![i]!)))],
    ["steps on the processor", Math.abs(gpu.nSteps - cpu.nSteps)],
    ["a second fit", ours!.join() === second!.join() && gpu.inertia === again.inertia ? 0 : 1],
  ];
}

/** Batches of every case. */
export function miniBatchAll(): Promise<Gaps> {
  return batchGaps(kMeansCases);
}

async function batchGaps(cases: readonly KMeansCase[]): Promise<Gaps> {
  const gaps: [string, number][] = [];
  for (const one of cases) {
    const kernel = await kMeansOnWgsl(one, one.k);
    gaps.push([one.name, await miniBatchGap(kernel, one)]);
    kernel.dispose();
  }
  return gaps;
}

function fit(device: Tier): Promise<MiniBatchKMeans> {
  const next = minstd(5);
  const X = new Matrix(
    Float64Array.from({ length: 3000 }, (_, i) => 9 * ((i >> 1) % 3) + next()),
    600,
    5,
  );
  const params = { nClusters: 6, batchSize: 128, maxIter: 3, maxNoImprovement: null, device };
  return new MiniBatchKMeans(params).fit(X);
}
