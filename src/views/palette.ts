import type { SeriesRole } from "./shape.ts";

/** How many curves have a colour of their own when there are too many for all. */
const own = 6;

/** Curves with the colours they are drawn in: at most seven, else the first six, and the rest as "other" in grey. */
export interface Coloured<Curve> {
  readonly named: readonly { readonly curve: Curve; readonly role: SeriesRole }[];
  readonly others: readonly Curve[];
}

/** The grey that stands for every curve without a colour of its own. */
export const otherRole: SeriesRole = "series-6";

/** Each curve's colour, in the fixed order of the palette. */
export function colour<Curve>(curves: readonly Curve[]): Coloured<Curve> {
  const count = curves.length <= own + 1 ? curves.length : own;
  return {
    named: curves.slice(0, count).map((curve, i) => ({ curve, role: `series-${i}` as SeriesRole })),
    others: curves.slice(count),
  };
}
