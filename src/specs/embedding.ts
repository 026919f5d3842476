import type { PackedText } from "./packed-text.ts";

/** The most points one map holds. */
export const mostPoints = 200_000;

/** A category for each point. */
export interface PointCategories {
  readonly by: "category";
  /** The place of each point's category in `words`; `words.length` where it is missing. */
  readonly codes: Uint8Array | Uint16Array;
  readonly words: readonly string[];
  /** What the categories are: "contract". */
  readonly name?: string;
}

/** A number for each point. */
export interface PointValues {
  readonly by: "value";
  /** NaN where it is missing. */
  readonly values: Float32Array;
  /** The two ends of the scale: what lies beyond is drawn as the end is. */
  readonly low: number;
  readonly high: number;
  /** What the numbers are: "tenure". */
  readonly name?: string;
}

/** Points of a plane, coloured by category or value. All arrays but those of the centres have one length. */
export interface EmbeddingSpec {
  readonly view: "embedding";
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Names of the columns that x and y are. */
  readonly columns: readonly [x: string, y: string];
  /** Of how many columns x and y are the plane of the first two principal components; missing where they are columns themselves. */
  readonly principalOf?: number;
  readonly colour?: PointCategories | PointValues;
  /** What each point is called. */
  readonly labels?: PackedText;
  /** Centres of clusters, drawn over the points. */
  readonly centres?: { readonly x: Float32Array; readonly y: Float32Array };
  readonly title?: string;
}
