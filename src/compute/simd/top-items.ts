import type { Csr } from "../csr.ts";
import type { Scorer, TopItems } from "../top-items.ts";
import { padRows, paddedWidth } from "./rows.ts";
import { openSimd, type Block, type Simd } from "./simd.ts";

type Kernels = "topOf" | "rowProducts" | "addSparseRows";
const kernelNames = ["topOf", "rowProducts", "addSparseRows"] as const;

/** Writes the scores of all items for a user into the block. */
type Score = (user: number, scores: Block<Float32Array<ArrayBuffer>>) => void;

/** Scores that are products of rows of factors: users × width and items × width, row-major. */
export function factorScorer(
  userItems: Csr,
  users: Float32Array,
  items: Float32Array,
  width: number,
): Scorer {
  const simd = openSimd<Kernels>(...kernelNames);
  const stride = paddedWidth(width);
  const [vector, rows] = [simd.f32(stride), simd.f32(userItems.columns * stride)];
  padRows(items, width, width, rows.view());
  return new SimdScorer(simd, userItems, -Infinity, (user, scores) => {
    vector.view().set(users.subarray(user * width, (user + 1) * width));
    simd.kernels.rowProducts(vector.at, rows.at, stride * 4, userItems.columns, scores.at);
  });
}

/** Scores that are sums of sparse rows, one for each item a user has, times its weight. Items without a score above 0 are left out. */
export function sparseScorer(userItems: Csr, rows: Csr): Scorer {
  const simd = openSimd<Kernels>(...kernelNames);
  const [starts, indices, values] = [simd.i32(rows.starts), simd.i32(rows.indices), simd.f32(rows.values)];
  const [liked, weights] = [simd.i32(userItems.indices), simd.f32(userItems.values)];
  return new SimdScorer(simd, userItems, 0, (user, scores) => {
    const from = userItems.starts[user]!;
    const count = userItems.starts[user + 1]! - from;
    scores.view().fill(0);
    simd.kernels.addSparseRows(
      starts.at,
      indices.at,
      values.at,
      liked.at + from * 4,
      weights.at + from * 4,
      count,
      scores.at,
    );
  });
}

/** Scores that are the same for every user. */
export function sharedScorer(userItems: Csr, shared: Float32Array): Scorer {
  const simd = openSimd<Kernels>(...kernelNames);
  return new SimdScorer(simd, userItems, -Infinity, (_, scores) => scores.view().set(shared));
}

class SimdScorer implements Scorer {
  readonly #simd: Simd<Kernels>;
  readonly #scores: Block<Float32Array<ArrayBuffer>>;
  readonly #barred: Block<Int32Array>;
  #best: { readonly ids: Block<Int32Array>; readonly scores: Block<Float32Array> } | null = null;

  constructor(
    simd: Simd<Kernels>,
    private readonly userItems: Csr,
    private readonly floor: number,
    private readonly score: Score,
  ) {
    this.#simd = simd;
    this.#scores = simd.f32(userItems.columns);
    this.#barred = simd.i32(userItems.indices);
  }

  top(users: ArrayLike<number>, n: number, filter: boolean): TopItems {
    const places = Math.min(n, this.userItems.columns);
    const items = new Int32Array(users.length * n).fill(-1);
    const scores = new Float32Array(users.length * n);
    for (let i = 0; i < users.length; i++) {
      const { ids, values } = this.#topOf(users[i]!, places, filter);
      items.set(ids, i * n);
      scores.set(values, i * n);
    }
    return { n, items, scores };
  }

  #topOf(user: number, places: number, filter: boolean): { ids: Int32Array; values: Float32Array } {
    if (!this.#best || this.#best.ids.length < places)
      this.#best = { ids: this.#simd.i32(places), scores: this.#simd.f32(places) };
    const { starts, columns } = this.userItems;
    const from = starts[user]!;
    this.score(user, this.#scores);
    const found = this.#simd.kernels.topOf(
      this.#scores.at,
      columns,
      this.floor,
      this.#barred.at + from * 4,
      filter ? starts[user + 1]! - from : 0,
      places,
      this.#best.ids.at,
      this.#best.scores.at,
    );
    return {
      ids: this.#best.ids.view().subarray(0, found),
      values: this.#best.scores.view().subarray(0, found),
    };
  }
}
