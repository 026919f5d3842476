import { permutation, type Random } from "../core/random.ts";
import { GradientHistograms, type GradientKernel, type GradientSplit } from "./simd/gradient-histograms.ts";
import type { BinnedRows, BinKernel } from "./simd/binned-rows.ts";
import type { Simd } from "./simd/simd.ts";
import type { TreesBuilder } from "./trees.ts";

/** How a boosted tree grows. */
export interface BoostedTreeSettings {
  readonly learningRate: number;
  /** Most leaves and most splits above one; null for no limit. */
  readonly maxLeafNodes: number | null;
  readonly maxDepth: number | null;
  /** Fewest rows of a leaf. */
  readonly minSamplesLeaf: number;
  /** Strength of the L2 penalty on the numbers in leaves. */
  readonly l2Regularization: number;
  /** Share of the columns that each node may be split by, drawn at random. */
  readonly maxFeatures: number;
}

/** Rows of a finished leaf, as they stand in the order of the rows, and its number. */
export interface BoostedLeaf {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

interface Node {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  readonly gradient: number;
  readonly hessian: number;
}

interface OpenNode extends Node {
  readonly histogram: number;
  readonly split: GradientSplit;
}

/** Kernels that growing needs. */
export const boostedTreeKernels = [
  "binColumn",
  "partitionRows",
  "gatherPairs",
  "gradientHistogram",
  "subtractHistogram",
  "bestGradientSplit",
] as const satisfies readonly (BinKernel | GradientKernel)[];

/** Least hessian on either side of a split, as in scikit-learn. */
const leastHessian = 1e-3;

/** Grows trees that lower Σᵢ gᵢ f(xᵢ) + ½ hᵢ f(xᵢ)², the split with the largest gain first. */
export class BoostedTreeGrower {
  /** Gradient and hessian of each row: to be filled before a tree grows. Its view is good until then. */
  readonly pairs: GradientHistograms["pairs"];
  readonly #histograms: GradientHistograms;

  constructor(
    simd: Simd<BinKernel | GradientKernel>,
    private readonly rows: BinnedRows,
    private readonly settings: BoostedTreeSettings,
    private readonly random: Random,
  ) {
    const { minSamplesLeaf, l2Regularization } = settings;
    this.#histograms = new GradientHistograms(simd, rows, {
      minSamplesLeaf,
      l2: l2Regularization,
      leastHessian,
    });
    this.pairs = this.#histograms.pairs;
  }

  /** Grows one tree and gives its leaves; null, and a tree without leaves, where `breathe` gave false. */
  async grow(trees: TreesBuilder, breathe: () => Promise<boolean>): Promise<readonly BoostedLeaf[] | null> {
    const { maxLeafNodes, maxDepth, minSamplesLeaf } = this.settings;
    const leaves: BoostedLeaf[] = [];
    const open: OpenNode[] = [];
    const finish = (node: Node): void => void leaves.push(this.#leaf(trees, node));
    const consider = (node: Node, histogram: number): void => {
      const split = this.#bestSplit(node, histogram);
      if (split) open.push({ ...node, histogram, split });
      else {
        this.#histograms.release(histogram);
        finish(node);
      }
    };
    const splittable = ({ from, to, depth, hessian }: Node): boolean =>
      to - from >= 2 * minSamplesLeaf && depth !== maxDepth && (depth > 0 || hessian >= leastHessian);

    const root = this.#root(trees);
    if (splittable(root)) {
      const histogram = await this.#histograms.build(0, this.rows.rows, breathe);
      if (histogram === null) return null;
      consider(root, histogram);
    } else finish(root);
    for (let node = takeBest(open, maxLeafNodes); node; node = takeBest(open, maxLeafNodes)) {
      const leavesIfSplit = leaves.length + open.length + 2;
      if (maxLeafNodes !== null && leavesIfSplit > maxLeafNodes) {
        this.#histograms.release(node.histogram);
        finish(node);
        continue;
      }
      const [left, right] = this.#divide(trees, node);
      const [less, more] = left.to - left.from < right.to - right.from ? [left, right] : [right, left];
      if (leavesIfSplit === maxLeafNodes || !splittable(more)) {
        this.#histograms.release(node.histogram);
        finish(left);
        finish(right);
        continue;
      }
      const part = await this.#histograms.build(less.from, less.to, breathe);
      if (part === null) return this.#abandon([node, ...open]);
      this.#histograms.subtract(node.histogram, part);
      for (const child of [left, right]) {
        const histogram = child === less ? part : node.histogram;
        if (splittable(child)) consider(child, histogram);
        else {
          this.#histograms.release(histogram);
          finish(child);
        }
      }
    }
    return leaves;
  }

  #root(trees: TreesBuilder): Node {
    this.#histograms.restart();
    const pairs = this.pairs.view();
    let gradient = 0;
    let hessian = 0;
    for (let i = 0; i < pairs.length; i += 2) {
      gradient += pairs[i]!;
      hessian += pairs[i + 1]!;
    }
    return { id: trees.begin(), from: 0, to: this.rows.rows, depth: 0, gradient, hessian };
  }

  #bestSplit(node: Node, histogram: number): GradientSplit | null {
    const { columns } = this.rows;
    const { maxFeatures } = this.settings;
    const count = Math.max(1, Math.floor(maxFeatures * columns));
    const allowed = count < columns ? permutation(columns, this.random).subarray(0, count) : null;
    return this.#histograms.bestSplit(histogram, node.gradient, node.hessian, node.to - node.from, allowed);
  }

  #divide(trees: TreesBuilder, { id, from, to, depth, gradient, hessian, split }: OpenNode): [Node, Node] {
    const { column, bin, missingLeft } = split;
    const middle = this.rows.partition(from, to, column, bin, missingLeft);
    const left = {
      id: trees.add(),
      from,
      to: middle,
      depth: depth + 1,
      gradient: split.gradient,
      hessian: split.hessian,
    };
    const right = {
      id: trees.add(),
      from: middle,
      to,
      depth: depth + 1,
      gradient: gradient - split.gradient,
      hessian: hessian - split.hessian,
    };
    trees.branch(id, {
      feature: column,
      // The last bin is parted from missing values alone.
      threshold: this.rows.bins[column]!.thresholds[bin] ?? Infinity,
      // As in scikit-learn: where fit saw no missing values, they go with most rows.
      missingLeft: this.rows.missing[column] ? missingLeft : middle - from > to - middle,
      left: left.id,
      right: right.id,
    });
    return [left, right];
  }

  #leaf(trees: TreesBuilder, { id, from, to, gradient, hessian }: Node): BoostedLeaf {
    const { learningRate, l2Regularization } = this.settings;
    const value = (-learningRate * gradient) / (hessian + l2Regularization + 1e-15);
    trees.leaf(id, [value]);
    return { from, to, value };
  }

  #abandon(open: readonly OpenNode[]): null {
    for (const { histogram } of open) this.#histograms.release(histogram);
    return null;
  }
}

/** Takes the node of the largest gain, of equal ones the first; without a limit of leaves the order is the same to all, so the last. */
function takeBest(open: OpenNode[], maxLeafNodes: number | null): OpenNode | undefined {
  if (maxLeafNodes === null) return open.pop();
  let best = 0;
  for (let i = 1; i < open.length; i++) if (open[i]!.split.gain > open[best]!.split.gain) best = i;
  return open.splice(best, 1)[0];
}
