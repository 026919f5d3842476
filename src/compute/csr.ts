/** A sparse matrix: row r holds `values[k]` in column `indices[k]` for k from `starts[r]` to `starts[r + 1]`, columns ascending, each once. */
export interface Csr {
  readonly rows: number;
  readonly columns: number;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** Numbers in places of a sparse matrix, in any order. */
export interface Entries {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** The rows × columns matrix of these entries: those of one place are added up, and zeros are left out. */
export function csrOf(rows: number, columns: number, entries: Entries): Csr {
  const order = sortedBy(entries.rows, rows, sortedBy(entries.columns, columns));
  const starts = new Int32Array(rows + 1);
  const indices = new Int32Array(order.length);
  const values = new Float64Array(order.length);
  let end = 0;
  for (let from = 0, to = 0; from < order.length; from = to) {
    const [row, column] = [entries.rows[order[from]!]!, entries.columns[order[from]!]!];
    let sum = 0;
    while (to < order.length && entries.rows[order[to]!] === row && entries.columns[order[to]!] === column)
      sum += entries.values[order[to++]!]!;
    if (sum === 0) continue;
    indices[end] = column;
    values[end++] = sum;
    starts[row + 1]!++;
  }
  for (let row = 0; row < rows; row++) starts[row + 1]! += starts[row]!;
  return { rows, columns, starts, indices: indices.slice(0, end), values: values.slice(0, end) };
}

/** The matrix with rows for columns. */
export function transposed(matrix: Csr): Csr {
  const { rows, columns, indices, values } = matrix;
  return csrOf(columns, rows, { rows: indices, columns: rowOfEach(matrix), values });
}

/** The n × n matrix with ones on its diagonal. */
export function identity(n: number): Csr {
  const count = (length: number): Int32Array => Int32Array.from({ length }, (_, i) => i);
  return {
    rows: n,
    columns: n,
    starts: count(n + 1),
    indices: count(n),
    values: new Float64Array(n).fill(1),
  };
}

/** The row of each entry. */
export function rowOfEach({ rows, starts, indices }: Csr): Int32Array {
  const rowOf = new Int32Array(indices.length);
  for (let row = 0; row < rows; row++) rowOf.fill(row, starts[row], starts[row + 1]);
  return rowOf;
}

/** Places of `keys` (each below `bound`) sorted by key, equal keys in the order of `places`. */
function sortedBy(keys: Int32Array, bound: number, places: Int32Array | null = null): Int32Array {
  const next = new Int32Array(bound + 1);
  for (const key of keys) next[key + 1]!++;
  for (let key = 0; key < bound; key++) next[key + 1]! += next[key]!;
  const sorted = new Int32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const place = places ? places[i]! : i;
    sorted[next[keys[place]!]!++] = place;
  }
  return sorted;
}
