/** A dense matrix of numbers, row after row in one buffer. */
export class Matrix<Data extends Float32Array | Float64Array = Float32Array | Float64Array> {
  constructor(
    readonly data: Data,
    readonly rows: number,
    readonly columns: number,
  ) {
    if (data.length !== rows * columns)
      throw new RangeError(
        `matrix: expected ${rows} × ${columns} = ${rows * columns} numbers, got ${data.length}`,
      );
  }

  /** The number in row i, column j. */
  at(i: number, j: number): number {
    if (i < 0 || j < 0 || i >= this.rows || j >= this.columns)
      throw new RangeError(`matrix: no entry (${i}, ${j}) in ${this.rows} × ${this.columns}`);
    return this.data[i * this.columns + j]!;
  }

  /** Row i: a view, not a copy. */
  row(i: number): Data {
    return this.data.subarray(i * this.columns, (i + 1) * this.columns) as Data;
  }

  /** Column j: a copy. */
  column(j: number): Data {
    const values = new (this.data.constructor as new (n: number) => Data)(this.rows);
    for (let i = 0; i < this.rows; i++) values[i] = this.data[i * this.columns + j]!;
    return values;
  }
}
