import { Matrix } from "../data/matrix.ts";
import { Table } from "../data/table.ts";
import { mostPoints, type EmbeddingSpec } from "../specs/embedding.ts";
import { packText } from "../specs/packed-text.ts";
import type { Features, Label, Labels } from "./estimator.ts";
import { columnNames, rowCount, toMatrix, toNumbers, type Rows } from "./inputs.ts";
import { checkNames } from "./params.ts";
import { categoriesOf, isLabels, isNumeric, valuesOf } from "./point-colour.ts";

/** A value for each point, missing ones `null`; or the name of a column where the points are a Table. */
export type PointColumn = string | Labels;

/** What a map shows besides its points. */
export interface EmbeddingOptions {
  /** Colours the points: text, booleans and labels of clusters or classes are categories, other numbers a scale. */
  readonly color?: PointColumn;
  /** What the colours stand for; default the name of the column. */
  readonly colorName?: string;
  /** Whether numbers in `color` are categories. Default: where they are at most 20 different whole numbers, in an array or a typed array of integers. */
  readonly categorical?: boolean;
  /** What each point is called when it is pointed at; at most 80 characters are kept. */
  readonly label?: PointColumn;
  /** Centres of clusters, k×2 or wider in the columns of `points`, drawn as rings. */
  readonly centres?: Features;
  /** Stands above the map. Default the page's word for one. */
  readonly title?: string;
}

const optionNames: readonly (keyof EmbeddingOptions)[] = [
  "color",
  "colorName",
  "categorical",
  "label",
  "centres",
  "title",
];

const mostCentres = 1000;
const longestLabel = 80;

/**
 * A map of at most 200,000 points by their first two columns, to pan, zoom and read: `embedding(await pca.fitTransform(X), { color: labels })`.
 * Shown again under one id, `display(embedding(…), { id: "map" })`, it redraws in place and keeps a person's zoom.
 * Up to seven categories have a colour; of more, the six with most points, and the rest is "other".
 * An SVG of it draws up to 5,000 points as shapes and more as one picture, so that the file stays small.
 * A column that is missing or no number, another length than the points', and an unknown option are errors that name it.
 */
export function embedding(points: Features, options: EmbeddingOptions = {}): EmbeddingSpec {
  checkNames("embedding", optionNames, options);
  const n = rowCount(points);
  if (n > mostPoints)
    throw new RangeError(`embedding: expected at most ${mostPoints} points, got ${n}; take a sample of them`);
  const [first, second] = columnNames(points);
  const { color, label, centres, title } = options;
  return {
    view: "embedding",
    ...places(points, "embedding"),
    columns: [first ?? "x0", second ?? "x1"],
    ...(color === undefined ? {} : { colour: colourOf(points, color, options) }),
    ...(label === undefined ? {} : { labels: packText(wordsOf(points, label), longestLabel) }),
    ...(centres === undefined ? {} : { centres: centrePlaces(centres) }),
    ...(title === undefined ? {} : { title }),
  };
}

/** The first two columns as x and y; a Table's others may hold anything. */
function places(points: Features, what: string): { x: Float32Array; y: Float32Array } {
  const names = columnNames(points);
  if (names.length < 2 && rowCount(points) > 0)
    throw new RangeError(`${what}: expected at least 2 columns, got ${names.length}`);
  if (points instanceof Table) {
    const [x, y] = names.slice(0, 2).map((name) => single(points.column(name), `${what}: column "${name}"`));
    return { x: x ?? new Float32Array(), y: y ?? new Float32Array() };
  }
  if (rowCount(points) === 0) return { x: new Float32Array(), y: new Float32Array() };
  const matrix = points instanceof Matrix ? points : toMatrix(points, what);
  const [x, y] = [0, 1].map((j) => single(matrix.column(j), `${what}: column ${j}`));
  return { x: x!, y: y! };
}

function centrePlaces(centres: Features): { x: Float32Array; y: Float32Array } {
  const k = rowCount(centres);
  if (k > mostCentres)
    throw new RangeError(`embedding: centres: expected at most ${mostCentres} rows, got ${k}`);
  return places(centres, "embedding: centres");
}

/** Values as 32-bit floats, which is what is drawn. */
function single(values: Labels, what: string): Float32Array {
  // Not by `from`, which asks an iterator for each of them: a map is drawn anew while a model trains.
  const numbers = new Float32Array(toNumbers(values as Float64Array, what));
  for (let row = 0; row < numbers.length; row++)
    if (!Number.isFinite(numbers[row]))
      throw new RangeError(`${what}: expected numbers below 3.4e38, got more in row ${row}`);
  return numbers;
}

function colourOf(
  points: Features,
  color: PointColumn,
  options: EmbeddingOptions,
): NonNullable<EmbeddingSpec["colour"]> {
  const values = column(points, color, "color");
  const name = options.colorName ?? (typeof color === "string" ? color : undefined);
  const isCategory = options.categorical ?? (typeof color !== "string" && isLabels(color));
  const scale = isNumeric(values) && !isCategory;
  const colour = (scale ? valuesOf : categoriesOf)(values, "embedding: color");
  return name === undefined ? colour : { ...colour, name };
}

function wordsOf(points: Features, label: PointColumn): string[] {
  return Array.from(column(points, label, "label"), (value) =>
    value === null ? "" : String(value as Label),
  );
}

/** The values of a column, one a point. */
function column(points: Rows, values: PointColumn, option: string): ArrayLike<unknown> {
  if (typeof values === "string" && !(points instanceof Table))
    throw new TypeError(
      `embedding: ${option}: expected a value for each point, got "${values}" and no table`,
    );
  const given = typeof values === "string" ? (points as Table).column(values) : values;
  const list: ArrayLike<unknown> =
    ArrayBuffer.isView(given) || Array.isArray(given)
      ? (given as readonly unknown[])
      : Array.from(given as ArrayLike<unknown> | Iterable<unknown>);
  const n = rowCount(points);
  if (list.length !== n)
    throw new RangeError(
      `embedding: ${option}: expected ${n} values, one for each point, got ${list.length}`,
    );
  return list;
}
