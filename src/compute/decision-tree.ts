import type { Random } from "../core/random.ts";
import { between } from "./bins.ts";
import type { BinnedRows } from "./simd/binned-rows.ts";
import type { NodeRows } from "./simd/node-rows.ts";
import type { TreesBuilder } from "./trees.ts";

/** How a decision tree grows. */
export interface DecisionTreeSettings {
  /** Most splits from the first node to a leaf, and most leaves; null for no limit. */
  readonly maxDepth: number | null;
  readonly maxLeafNodes: number | null;
  /** Fewest rows of a node that is split. */
  readonly minSamplesSplit: number;
  /** Fewest rows of a leaf. */
  readonly minSamplesLeaf: number;
  /** Columns that each split is chosen from, drawn at random; more where none of them varies. */
  readonly maxFeatures: number;
  /** Least share of the weight of all rows, times impurity, that a split removes. */
  readonly minImpurityDecrease: number;
}

interface Node {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

interface OpenNode extends Node {
  /** Impurity that the split removes, times weight. */
  readonly gain: number;
  readonly column: number;
  readonly bin: number;
  readonly next: number;
}

/** A tree while it grows. */
interface Growth {
  readonly trees: TreesBuilder;
  readonly open: OpenNode[];
  readonly random: Random;
  readonly breathe: () => Promise<boolean>;
  /** Least gain of a split. */
  least: number;
}

/** Rows times columns looked at, after which others get their turn. */
const workBetweenBreaths = 2 ** 20;

/** Grows decision trees, the split of each node the one that leaves its sides purest. */
export class DecisionTreeGrower {
  readonly #columns: Uint32Array;
  #work = 0;

  constructor(
    private readonly rows: BinnedRows,
    private readonly nodes: NodeRows,
    private readonly settings: DecisionTreeSettings,
  ) {
    this.#columns = Uint32Array.from({ length: rows.columns }, (_, j) => j);
  }

  /**
   * Grows a tree on the first `count` of the rows as they are ordered; gives by how much splits of each column lowered the impurity,
   * as shares of the whole (all 0 where nothing was split), or null where `breathe` gave false.
   */
  async grow(
    trees: TreesBuilder,
    count: number,
    random: Random,
    breathe: () => Promise<boolean>,
  ): Promise<Float64Array | null> {
    const { maxLeafNodes } = this.settings;
    const growth: Growth = { trees, open: [], random, breathe, least: 0 };
    const { open } = growth;
    const decreases = new Float64Array(this.rows.columns);
    let leaves = 1;
    this.nodes.load(0, count);
    growth.least = this.settings.minImpurityDecrease * this.nodes.weight;
    if (!(await this.#open(growth, { id: trees.begin(), from: 0, to: count, depth: 0 }))) return null;
    for (let node = take(open, maxLeafNodes); node; node = take(open, maxLeafNodes)) {
      if (leaves === maxLeafNodes) {
        this.nodes.load(node.from, node.to);
        trees.leaf(node.id, Array.from(this.nodes.leaf));
        continue;
      }
      const { column, bin, next, from, to } = node;
      const depth = node.depth + 1;
      const middle = this.rows.partition(from, to, column, bin, false);
      const left = trees.add();
      const right = trees.add();
      const threshold = between(this.rows.bins[column]!, bin, next);
      trees.branch(node.id, { feature: column, threshold, missingLeft: false, left, right });
      decreases[column]! += node.gain;
      leaves++;
      if (!(await this.#open(growth, { id: right, from: middle, to, depth }))) return null;
      if (!(await this.#open(growth, { id: left, from, to: middle, depth }))) return null;
    }
    const total = decreases.reduce((sum, decrease) => sum + decrease, 0);
    return total > 0 ? decreases.map((decrease) => decrease / total) : decreases;
  }

  /** Looks for the best split of a node and opens it, or makes it a leaf; false where `breathe` gave false. */
  async #open({ trees, open, random, breathe, least }: Growth, node: Node): Promise<boolean> {
    const { id, from, to, depth } = node;
    const { maxDepth, minSamplesSplit, minSamplesLeaf } = this.settings;
    const { nodes } = this;
    nodes.load(from, to);
    const rows = to - from;
    const whole = depth === maxDepth || rows < minSamplesSplit || rows < 2 * minSamplesLeaf || nodes.pure;
    if (!whole && !(await this.#search(rows, random, breathe))) return false;
    const [score, column, bin, next] = nodes.best;
    const gain = score! - nodes.score;
    // As in scikit-learn a split need not gain anything, so that what only two columns tell together is found.
    if (whole || score === -Infinity || gain < least - 1e-12 * nodes.weight)
      trees.leaf(id, Array.from(nodes.leaf));
    else open.push({ ...node, gain: Math.max(gain, 0), column: column!, bin: bin!, next: next! });
    return true;
  }

  /** Looks at columns drawn at random, all in the end if none before varies; false where `breathe` gave false. */
  async #search(rows: number, random: Random, breathe: () => Promise<boolean>): Promise<boolean> {
    const columns = this.#columns;
    let varied = false;
    for (let drawn = 0; drawn < columns.length; drawn++) {
      if (drawn >= this.settings.maxFeatures && varied) return true;
      const other = drawn + random.integer(columns.length - drawn);
      const column = columns[other]!;
      columns[other] = columns[drawn]!;
      columns[drawn] = column;
      if (this.nodes.search(column)) varied = true;
      this.#work += rows;
      if (this.#work < workBetweenBreaths) continue;
      this.#work = 0;
      if (!(await breathe())) return false;
    }
    return true;
  }
}

/** Takes the last node, or where leaves are limited the one that gains most, of equal ones the first. */
function take(open: OpenNode[], maxLeafNodes: number | null): OpenNode | undefined {
  if (maxLeafNodes === null) return open.pop();
  let best = 0;
  for (let i = 1; i < open.length; i++) if (open[i]!.gain > open[best]!.gain) best = i;
  return open.splice(best, 1)[0];
}
