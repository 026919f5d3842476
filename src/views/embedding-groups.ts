import {
  mostPoints,
  type EmbeddingSpec,
  type PointCategories,
  type PointValues,
} from "../specs/embedding.ts";
import type { Cloud } from "./cloud.ts";
import { otherRole } from "./palette.ts";
import type { Role, SeriesRole } from "./shape.ts";

/** Points of one colour: those of a category, of all that have no colour of their own, or of none. */
export interface PointGroup {
  readonly kind: "category" | "other" | "missing";
  /** The category's word; empty where it is none. */
  readonly word: string;
  readonly role: Role;
  /** How many points there are. */
  readonly count: number;
  /** How many categories there are. */
  readonly categories: number;
}

/** Points with their colours, and what the colours stand for; no groups where the colour is a value or all are alike. */
export interface GroupedCloud {
  readonly cloud: Cloud;
  readonly groups: readonly PointGroup[];
}

/** Steps of the sequential scale. */
export const rampRoles = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((step) => `ramp-${step}` as Role);

const own = 6;

/**
 * The cloud of a spec. Categories that had a colour of their own in the picture `before` keep it, as long as all of them are there: where there are
 * more than colours, the largest change as a model trains. One whose columns do not fit together, or are too long, is a RangeError.
 */
export function groupPoints(spec: EmbeddingSpec, before: GroupedCloud | null = null): GroupedCloud {
  const { x, y, colour } = spec;
  const n = x.length;
  const column = colour?.by === "value" ? colour.values : (colour?.codes ?? x);
  if (
    y.length !== n ||
    column.length !== n ||
    (spec.labels && spec.labels.ends.length !== n) ||
    n > mostPoints
  )
    throw new RangeError(
      `embedding: expected columns of one length, at most ${mostPoints}, got x ${n}, y ${y.length}, colour ${column.length}, labels ${spec.labels?.ends.length ?? "none"}`,
    );
  if (!colour) return { cloud: { x, y, group: new Uint8Array(n), roles: ["series-0"] }, groups: [] };
  if (colour.by === "value")
    return { cloud: { x, y, group: steps(colour), roles: [...rampRoles, otherRole] }, groups: [] };
  const { groups, ofCode } = categoryGroups(colour, before?.groups ?? []);
  const group = new Uint8Array(n);
  for (let i = 0; i < n; i++) group[i] = ofCode[Math.min(colour.codes[i]!, ofCode.length - 1)]!;
  return { cloud: { x, y, group, roles: groups.map(({ role }) => role) }, groups };
}

/** The step of the scale a value is drawn in; one past the last where it is missing. */
export function stepOf(value: number, { low, high }: Pick<PointValues, "low" | "high">): number {
  if (Number.isNaN(value)) return rampRoles.length;
  const share = high > low ? (value - low) / (high - low) : 0.5;
  return Math.max(0, Math.min(rampRoles.length - 1, Math.floor(share * rampRoles.length)));
}

function steps(colour: PointValues): Uint8Array {
  const group = new Uint8Array(colour.values.length);
  for (let i = 0; i < group.length; i++) group[i] = stepOf(colour.values[i]!, colour);
  return group;
}

/** At most seven groups: categories in their order, with the six of most points where there are more than fit. */
function categoryGroups(
  { codes, words }: PointCategories,
  before: readonly PointGroup[],
): { groups: PointGroup[]; ofCode: Uint8Array } {
  const counts = new Uint32Array(words.length + 1);
  for (let i = 0; i < codes.length; i++) counts[Math.min(codes[i]!, words.length)]!++;
  const missing = counts[words.length]!;
  const all = words.map((_, code) => code);
  const fits = words.length + (missing > 0 ? 1 : 0) <= own + 1;
  const named = fits ? all : (namedBefore(words, before) ?? largest(all, counts));
  const groups: PointGroup[] = named.map((code, i) => ({
    kind: "category",
    word: words[code]!,
    role: `series-${i}` as SeriesRole,
    count: counts[code]!,
    categories: 1,
  }));
  const ofCode = new Uint8Array(words.length + 1).fill(named.length);
  for (const [i, code] of named.entries()) ofCode[code] = i;
  const rest = codes.length - groups.reduce((sum, { count }) => sum + count, 0);
  if (!fits || missing > 0)
    groups.push({
      kind: fits ? "missing" : "other",
      word: "",
      role: otherRole,
      count: rest,
      categories: words.length - named.length + (missing > 0 ? 1 : 0),
    });
  return { groups, ofCode };
}

/** The codes of the categories that had a colour; null where those were not as many, or one is gone. */
function namedBefore(words: readonly string[], before: readonly PointGroup[]): number[] | null {
  const had = before.filter(({ kind }) => kind === "category").map(({ word }) => words.indexOf(word));
  return had.length === own && had.every((code) => code >= 0) ? had : null;
}

/** The categories with most points, in their order. */
function largest(codes: readonly number[], counts: Uint32Array): number[] {
  return codes
    .toSorted((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, own)
    .sort((a, b) => a - b);
}
