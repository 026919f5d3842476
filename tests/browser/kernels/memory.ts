import { tf } from "../../../src/compute/tfjs.ts";
import { AlternatingLeastSquares } from "../../../src/library/alternating-least-squares.ts";
import { BayesianPersonalizedRanking } from "../../../src/library/bayesian-personalized-ranking.ts";
import { GRUClassifier } from "../../../src/library/gru-classifier.ts";
import { KMeans } from "../../../src/library/k-means.ts";
import { LogisticRegression } from "../../../src/library/logistic-regression.ts";
import { LSTMClassifier } from "../../../src/library/lstm-classifier.ts";
import { MLPClassifier } from "../../../src/library/mlp-classifier.ts";
import { MLPRegressor } from "../../../src/library/mlp-regressor.ts";
import { MiniBatchKMeans } from "../../../src/library/mini-batch-k-means.ts";
import { NearestNeighbors } from "../../../src/library/nearest-neighbors.ts";
import { PCA } from "../../../src/library/pca.ts";
import type { Gaps } from "./gaps.ts";

/** Bytes on the device after 200 fits, or where the tests are quick three of each kind, less those after one of each kind: of TF.js by its own count, and of all buffers. */
export async function memory(full: boolean): Promise<Gaps> {
  const held = countBuffers();
  const X = Array.from({ length: 40 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
  const y = X.map(([a]) => a! > 0);
  const z = X.map(([a]) => a!);
  const sequences = X.map((row) => row.map((x) => (x > 0 ? "a" : "b")));
  const likes = { users: X.map((_, i) => i % 8), items: X.map((_, i) => (i * 7) % 11) };
  const device = "webgpu";
  const layers = { hiddenLayerSizes: [4], maxIter: 2, device } as const;
  const cells = { hiddenSize: 3, embeddingSize: 2, maxIter: 2, device } as const;
  const factors = { factors: 3, iterations: 2, device } as const;
  const fail = () => Promise.reject(new Error("no more"));
  const kinds = [
    () => new MLPClassifier(layers).fit(X, y),
    () => new MLPRegressor(layers).fit(X, z),
    () => new GRUClassifier(cells).fit(sequences, y),
    () => new LSTMClassifier(cells).fit(sequences, y),
    () => new BayesianPersonalizedRanking(factors).fit(likes),
    () => new AlternatingLeastSquares(factors).fit(likes),
    () => new KMeans({ nClusters: 3, maxIter: 2, device }).fit(X),
    () => new PCA({ nComponents: 1, device }).fit(X),
    () => new LogisticRegression({ maxIter: 2, device }).fit(X, y),
    () => new MiniBatchKMeans({ nClusters: 3, maxIter: 2, device }).fit(X),
    () => new MLPRegressor(layers).fit(X, z, { callback: fail }).catch(() => null),
    async () => (await new NearestNeighbors({ device }).fit(X)).kneighbors(),
  ];
  const bytes: [byTf: number | undefined, held: number][] = [];
  for (let fit = 0; fit < (full ? 200 : 3 * kinds.length); fit++) {
    await kinds[fit % kinds.length]!();
    const { numBytesAllocatedInGPU } = tf.memory() as { numBytesAllocatedInGPU?: number };
    bytes.push([numBytesAllocatedInGPU, held.bytes]);
  }
  const [first, last] = [bytes[kinds.length - 1]!, bytes.at(-1)];
  return [
    ["TF.js", last[0] !== undefined && last[0] === first[0] ? 0 : 1],
    ["all buffers", last[1] - first[1]],
  ];
}

/** The bytes of all buffers that are made from here on and not destroyed. */
function countBuffers(): { bytes: number } {
  const held = { bytes: 0 };
  const of = (prototype: object, name: string) => {
    const own = Object.getOwnPropertyDescriptor(prototype, name)!.value as (...args: unknown[]) => unknown;
    return (change: (self: never, args: unknown[]) => number): void => {
      Object.defineProperty(prototype, name, {
        configurable: true,
        value(this: never, ...args: unknown[]) {
          held.bytes += change(this, args);
          return own.apply(this, args);
        },
      });
    };
  };
  of(GPUDevice.prototype, "createBuffer")((_, [made]) => (made as GPUBufferDescriptor).size);
  of(GPUBuffer.prototype, "destroy")((buffer: GPUBuffer) => -buffer.size);
  return held;
}
