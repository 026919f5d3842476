/** The best items of some users: n places a user, best first, then places of −1 and 0 where there are fewer. */
export interface TopItems {
  readonly n: number;
  readonly items: Int32Array;
  readonly scores: Float32Array;
}

/** A way to score all items for a user, and to pick the best of them. Ties go to the lowest item. */
export interface Scorer {
  /** The n best items of each of those users; where `filter` is set, without those they have. */
  top(users: ArrayLike<number>, n: number, filter: boolean): TopItems;
}
