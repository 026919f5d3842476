import { Type } from "@uwdata/flechette";
import type { Batch, Column as ArrowColumn, DataType, DecimalType, IntType } from "@uwdata/flechette";
import { LazyColumn, NumberColumn, type Column, type NumberArray, type Value } from "./column.ts";
import { decimalNumber, int64Number, largestNumber, timeText } from "./arrow-number.ts";

/** What becomes of a column with whole numbers beyond ±2^53: an error that names it, or a column of texts. */
export type LargeIntegers = "error" | "text";

/** The column an Arrow column holds: typed arrays where it is numeric, read on demand where it is not. */
export function arrowColumn(
  name: string,
  column: ArrowColumn<unknown>,
  large: LargeIntegers = "error",
): Column {
  const { type } = column;
  const { typeId } = type;
  if (typeId === Type.Int && type.bitWidth === 64)
    return large === "text" && hasLarge(column) ? digits(column) : converted(column, int64Reader(name, type));
  if (typeId === Type.Int) return direct(column);
  if (typeId === Type.Float)
    return type.precision ? direct(column) : converted(column, (batch) => (i) => batch.value(i) as number);
  if (typeId === Type.Decimal) return converted(column, decimalReader(name, type));
  if (typeId === Type.Null)
    return new NumberColumn(new Float64Array(column.length).fill(NaN), new Uint8Array(column.length));
  if (typeId === Type.Bool) return lazy<boolean>("boolean", column);
  if (typeId === Type.Date || typeId === Type.Timestamp) return lazy<Date>("date", column);
  if (typeId === Type.Time)
    return lazy<string>("string", column, (value) => timeText(value as number, type.unit));
  if (isText(typeId === Type.Dictionary ? type.dictionary : type)) return lazy<string>("string", column);
  return lazy<Value>("other", column, (value) => plain(name, value));
}

/** A numeric column as it lies in the buffers; copied only where it has missing values or several batches. */
function direct(column: ArrowColumn<unknown>): NumberColumn {
  const batches = column.data as Batch<number>[];
  if (batches.length === 1 && !column.nullCount) return new NumberColumn(batches[0]!.values as NumberArray);
  const kind = (column.type as IntType).values as unknown as new (n: number) => NumberArray;
  const isFloat = column.type.typeId === Type.Float;
  const values = column.nullCount && !isFloat ? new Float64Array(column.length) : new kind(column.length);
  let start = 0;
  for (const batch of batches) {
    values.set(batch.values as NumberArray, start);
    start += batch.length;
  }
  return new NumberColumn(values, missingOf(column, values));
}

type Reader = (batch: Batch<unknown>) => (i: number) => number;

/** A numeric column whose values are turned into doubles one by one. */
function converted(column: ArrowColumn<unknown>, reader: Reader): NumberColumn {
  const values = new Float64Array(column.length);
  let start = 0;
  for (const batch of column.data) {
    const read = reader(batch);
    for (let i = 0; i < batch.length; i++) if (isValid(batch, i)) values[start + i] = read(i);
    start += batch.length;
  }
  return new NumberColumn(values, missingOf(column, values));
}

function missingOf(column: ArrowColumn<unknown>, values: NumberArray): Uint8Array | null {
  if (!column.nullCount) return null;
  const valid = new Uint8Array(column.length).fill(1);
  let start = 0;
  for (const batch of column.data) {
    for (let i = 0; i < batch.length; i++) {
      if (isValid(batch, i)) continue;
      valid[start + i] = 0;
      values[start + i] = NaN;
    }
    start += batch.length;
  }
  return valid;
}

function isValid(batch: Batch<unknown>, i: number): boolean {
  return !batch.nullCount || !batch.validity.length || batch.isValid(i);
}

function int64Reader(name: string, type: IntType): Reader {
  return (batch) => {
    const values = batch.values as BigInt64Array;
    const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
    return (i) => int64Number(name, words[2 * i]!, words[2 * i + 1]!, type.signed);
  };
}

function hasLarge(column: ArrowColumn<unknown>): boolean {
  return column.data.some((batch) =>
    (batch.values as BigInt64Array).some(
      (value, i) => isValid(batch, i) && (value > largestNumber || value < -largestNumber),
    ),
  );
}

/** 64-bit integers as texts. */
function digits({ data, length, nullCount }: ArrowColumn<unknown>): Column {
  const texts = data.flatMap((batch) =>
    Array.from(batch.values as BigInt64Array, (value, i) => (isValid(batch, i) ? String(value) : null)),
  );
  return new LazyColumn<string>("string", length, nullCount, (i) => texts[i]!);
}

function decimalReader(name: string, type: DecimalType): Reader {
  const { bitWidth, scale } = type;
  return (batch) => {
    const values = batch.values as unknown as BigUint64Array | Int32Array;
    if (values instanceof Int32Array) return (i) => decimalNumber(name, BigInt(values[i]!), scale);
    const stride = bitWidth / 64;
    return (i) => {
      let unscaled = 0n;
      for (let word = stride - 1; word >= 0; word--)
        unscaled = (unscaled << 64n) | values[i * stride + word]!;
      return decimalNumber(name, BigInt.asIntN(bitWidth, unscaled), scale);
    };
  };
}

/** A column read on demand. It remembers the batch of the last row, since rows are mostly read in order. */
function lazy<T>(
  type: Column["type"],
  column: ArrowColumn<unknown>,
  convert: (value: unknown) => T = (value) => value as T,
): LazyColumn<T> {
  const { data, offsets } = column;
  let b = 0;
  return new LazyColumn<T>(type, column.length, column.nullCount, (i) => {
    while (i < offsets[b]!) b--;
    while (i >= offsets[b + 1]!) b++;
    const value = data[b]!.at(i - offsets[b]!);
    return value === null ? null : convert(value);
  });
}

function isText(type: DataType): boolean {
  return type.typeId === Type.Utf8 || type.typeId === Type.LargeUtf8 || type.typeId === Type.Utf8View;
}

/** Lists, structs, intervals and bytes as plain arrays and objects; a number too large to hold is an error. */
function plain(name: string, value: unknown): Value {
  if (typeof value === "bigint") return decimalNumber(name, value, 0);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  if (Array.isArray(value)) return value.map((item) => plain(name, item));
  if (typeof value !== "object" || value === null || value instanceof Date) return value as Value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(name, item)]));
}
