import { Matrix } from "../../../src/data/matrix.ts";
import { gpuDevice } from "../../../src/compute/tfjs.ts";
import { Gpu } from "../../../src/compute/wgsl/gpu.ts";
import { AlternatingLeastSquares } from "../../../src/library/alternating-least-squares.ts";
import { GRUClassifier } from "../../../src/library/gru-classifier.ts";
import { KMeans } from "../../../src/library/k-means.ts";
import { mlpDefaults } from "../../../src/library/mlp-params.ts";
import { MLPClassifier } from "../../../src/library/mlp-classifier.ts";
import { classTargets, trainMlp } from "../../../src/library/training-mlp.ts";
import type { Gaps } from "./gaps.ts";
import { watchFits } from "./watch-fits.ts";

const rows = Array.from({ length: 12 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
const labels = rows.map(([a]) => a! > 0);
const device = "webgpu";

/** What does not fit the GPU: an error that says so where the GPU is forced, else the processor, with a reason. */
export async function limits(): Promise<Gaps> {
  const likes = { users: [0, 0, 1], items: [0, 1, 1] };
  const factors = new AlternatingLeastSquares({ factors: 3000, iterations: 1, device });
  const cells = new GRUClassifier({ hiddenSize: 5000, embeddingSize: 1, maxIter: 1, device });
  const large = async (): Promise<unknown> => new Gpu(await gpuDevice()).buffer(2 ** 32);
  const gaps: [string, number][] = [
    ["factors", await refused(() => factors.fit(likes), /bytes of a workgroup's memory/)],
    ["cells", await refused(() => cells.fit([["a"], ["b"]], [0, 1]), /bytes of a workgroup's memory/)],
    ["a buffer", await refused(large, /this needs a buffer of 17179869184 bytes/)],
  ];
  const end = fillMemory();
  const full = /this needs \d+ MB on the GPU, which has room for \d+ MB/;
  const mlp = new MLPClassifier({ hiddenLayerSizes: [3], maxIter: 2, device });
  gaps.push(
    ["a full memory: MLPClassifier", await refused(() => mlp.fit(rows, labels), full)],
    ["a full memory: KMeans", await refused(() => new KMeans({ nClusters: 2, device }).fit(rows), full)],
    ["a full memory: another reason", Number((await reasonUnforced()) !== "gpu-limits")],
  );
  end();
  return gaps;
}

/** Why a perceptron that was to train on the GPU trains where it does. */
async function reasonUnforced(): Promise<string | undefined> {
  const shown = watchFits();
  const gpu = { tier: "webgpu", name: "a GPU", reason: "real-adapter" } as const;
  const X = new Matrix(Float64Array.from(rows.flat()), rows.length, 2);
  const targets = classTargets(Int32Array.from(labels, Number), 2);
  await trainMlp("MLPClassifier", { ...mlpDefaults, hiddenLayerSizes: [3], maxIter: 2 }, gpu, X, targets);
  return shown.at(-1)?.device.reason;
}

/** 0 where work ends in a RangeError that says so. */
async function refused(work: () => Promise<unknown>, saying: RegExp): Promise<number> {
  try {
    await work();
    return 1;
  } catch (error) {
    return Number(!(error instanceof RangeError && saying.test(error.message)));
  }
}

/** Has the device say of every buffer that its memory is full, until what is given is called. */
function fillMemory(): () => void {
  const own = Object.getOwnPropertyDescriptors(GPUDevice.prototype);
  const push = own.pushErrorScope.value as GPUDevice["pushErrorScope"];
  const pop = own.popErrorScope.value as GPUDevice["popErrorScope"];
  const scopes: GPUErrorFilter[] = [];
  Object.assign(GPUDevice.prototype, {
    pushErrorScope(this: GPUDevice, filter: GPUErrorFilter) {
      scopes.push(filter);
      push.call(this, filter);
    },
    async popErrorScope(this: GPUDevice) {
      const filter = scopes.pop();
      const said = await pop.call(this);
      return filter === "out-of-memory" ? new GPUOutOfMemoryError("no room") : said;
    },
  });
  return () => Object.assign(GPUDevice.prototype, { pushErrorScope: push, popErrorScope: pop });
}
