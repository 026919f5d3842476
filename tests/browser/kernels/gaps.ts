/** How far each case of a family is from what it should be: 0 where it must be the same. */
export type Gaps = readonly (readonly [name: string, gap: number])[];
