import { Matrix } from "../data/matrix.ts";
import { Table } from "../data/table.ts";
import { encode, learnEncoding, widthOf, type Encoding } from "./column-encoding.ts";
import type { Transformer } from "./estimator.ts";
import { columnNames, describe, rowCount, toMatrix, type Rows } from "./inputs.ts";
import { withDefaults } from "./params.ts";
import { pacer } from "./pause.ts";
import { packModel, unpackModel } from "./saved.ts";

const name = "TableVectorizer";

/** Most numbers a transformed table may hold: 1 GiB of doubles. */
const limit = 2 ** 27;

/** Parameters of `TableVectorizer`. */
export interface TableVectorizerParams {
  /** Columns of numbers to one-hot encode rather than standardise, such as codes. Default none. */
  readonly categorical?: readonly string[];
}

/**
 * Turns a table into numbers for a model: each column of numbers becomes (x − mean) / sd, a missing one first replaced by the mean;
 * each column of text or booleans, and those named in `categorical`, becomes a 0/1 column for every level seen in fit, sorted.
 * The sd is that of the population (÷ n) after imputation; a column without spread is only centred, one without values is all 0.
 * Missing is a level of its own where fit saw it; a level that fit did not see becomes all zeros.
 * X: a Table, row objects, a Matrix or arrays; columns are found by name, and those that fit did not see are ignored.
 * Dates and nested values are a TypeError that names the column. Mirrors scikit-learn's SimpleImputer, StandardScaler and
 * OneHotEncoder(handle_unknown="ignore") side by side.
 */
export class TableVectorizer implements Transformer {
  readonly #params: Required<TableVectorizerParams>;
  #fitted: readonly Encoding[] | null = null;

  constructor(params: TableVectorizerParams = {}) {
    this.#params = withDefaults(name, { categorical: [] }, params);
  }

  /** The transformer that `save()` gave as bytes. */
  static load(bytes: Uint8Array): TableVectorizer {
    const state = unpackModel(name, bytes) as { params: TableVectorizerParams; fitted: readonly Encoding[] };
    const vectorizer = new TableVectorizer(state.params);
    vectorizer.#fitted = state.fitted;
    return vectorizer;
  }

  getParams(): Required<TableVectorizerParams> {
    return this.#params;
  }

  /** Learns means, spreads and levels from X (n×d); y is not used. */
  async fit(X: Rows): Promise<this> {
    const table = toTable(X, `${name}.fit: X`);
    if (table.numRows === 0) throw new RangeError(`${name}.fit: X: expected at least one row, got 0`);
    const pause = pacer();
    for (const column of this.#params.categorical) table.column(column);
    const fitted: Encoding[] = [];
    for (const column of table.columns) {
      await pause();
      fitted.push(learnEncoding(column, table.column(column), this.#params.categorical.includes(column)));
    }
    this.#fitted = fitted;
    return this;
  }

  /** X as n×k numbers, in the order of `getFeatureNamesOut`. */
  async transform(X: Rows): Promise<Matrix<Float64Array>> {
    const table = toTable(X, `${name}.transform: X`);
    const fitted = this.#encodings;
    const width = fitted.reduce((sum, encoding) => sum + widthOf(encoding), 0);
    if (table.numRows === 0) return new Matrix(new Float64Array(0), 0, width);
    checkSize(fitted, table.numRows, width);
    const data = new Float64Array(table.numRows * width);
    const pause = pacer();
    let at = 0;
    for (const encoding of fitted) {
      await pause();
      encode(encoding, table.column(encoding.name), data, at, width);
      at += widthOf(encoding);
    }
    return new Matrix(data, table.numRows, width);
  }

  /** `fit` and then `transform` of the same X. */
  async fitTransform(X: Rows): Promise<Matrix<Float64Array>> {
    return (await this.fit(X)).transform(X);
  }

  /** Names of the k features: a column of numbers keeps its name, a level is `column_level` (`column_null` where it stands for missing). */
  getFeatureNamesOut(): string[] {
    return this.#encodings.flatMap((encoding) =>
      encoding.kind === "number"
        ? [encoding.name]
        : encoding.levels.map((level) => `${encoding.name}_${level}`),
    );
  }

  /** The fitted transformer as bytes, for `TableVectorizer.load`. */
  save(): Uint8Array<ArrayBuffer> {
    return packModel(name, { params: this.#params, fitted: this.#encodings });
  }

  get #encodings(): readonly Encoding[] {
    if (!this.#fitted) throw new Error(`${name}: call fit first`);
    return this.#fitted;
  }
}

/** Any rows as a Table; columns of a Matrix or of arrays are x0, x1, …. */
function toTable(X: Rows, what: string): Table {
  if (X instanceof Table) return X;
  if (X instanceof Matrix || (Array.isArray(X) && isList(X[0]))) {
    const matrix = toMatrix(X as Matrix, what);
    return Table.from(Object.fromEntries(columnNames(matrix).map((column, j) => [column, matrix.column(j)])));
  }
  if (!Array.isArray(X))
    throw new TypeError(`${what}: expected a Table, a Matrix or an array of rows, got ${describe(X)}`);
  const stray = X.findIndex((row) => typeof row !== "object" || row === null || isList(row));
  if (stray >= 0)
    throw new TypeError(`${what}: expected row objects, got ${describe(X[stray])} in row ${stray}`);
  return rowCount(X) > 0 ? Table.from(X as readonly object[]) : new Table([]);
}

function isList(row: unknown): boolean {
  return Array.isArray(row) || ArrayBuffer.isView(row);
}

function checkSize(fitted: readonly Encoding[], rows: number, width: number): void {
  if (rows * width <= limit) return;
  const widest = fitted.reduce((a, b) => (widthOf(b) > widthOf(a) ? b : a));
  throw new RangeError(
    `${name}: expected at most ${limit} numbers, got ${rows} rows × ${width} features; ` +
      `column "${widest.name}" alone has ${widthOf(widest)} levels: drop it if it only names the row`,
  );
}
