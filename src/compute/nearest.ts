/** Points y, which a query x scores by x·y + offset: the higher, the nearer. */
export interface ScoredPoints {
  readonly rows: number;
  readonly columns: number;
  /** n×d, row-major. */
  readonly x: Float32Array;
  /** One a point. */
  readonly offsets: Float32Array;
}

/** The points with the highest scores for each query, in no order: those of query i from i · k on, `sizes[i]` of them. */
export interface Candidates {
  readonly ids: Int32Array;
  /** The lowest score of each query's. */
  readonly lowest: Float32Array;
  readonly sizes: Int32Array;
}

/** Called with some points of a query. */
export type PointsOfQuery = (query: number, ids: Int32Array) => void;

/** Points on a device. */
export interface PointSearch {
  /** Most queries of a call of `best`. */
  readonly queriesAtOnce: number;
  /** The k best points of some queries (rows × d), ties to the lowest. `own`: the point that the first query is, the next being the next; or −1. */
  best(queries: Float32Array, own: number, k: number): Promise<Candidates>;
  /** Calls back with the points whose score is at least the query's cut, or no number. */
  eachFrom(queries: Float32Array, cuts: Float32Array, call: PointsOfQuery): Promise<void>;
  dispose(): void;
}

/** What points will be asked for at most. */
export interface SearchSize {
  readonly queries: number;
  /** Best points of a query. */
  readonly places: number;
}
