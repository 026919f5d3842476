const largest = 2 ** 53;

/** Up to it, and down to its negative, a whole number is a double of its own. */
export const largestNumber = BigInt(largest);

/** The 64-bit integer of two 32-bit words as a number; beyond ±2^53 a RangeError that names the column. */
export function int64Number(column: string, low: number, high: number, signed: boolean): number {
  const value = (signed ? high : high >>> 0) * 4294967296 + (low >>> 0);
  if (value > largest || value < -largest || (Math.abs(value) === largest && low !== 0))
    tooLarge(column, value);
  return value;
}

/** unscaled · 10^−scale, rounded to the nearest double; beyond ±2^53 a RangeError that names the column. */
export function decimalNumber(column: string, unscaled: bigint, scale: number): number {
  const exact = unscaled <= largestNumber && unscaled >= -largestNumber;
  // Both operands are exact doubles, so the division rounds once; else the decimal text does.
  const value =
    exact && scale <= 22 ? Number(unscaled) / Number(`1e${scale}`) : Number(`${unscaled}e-${scale}`);
  if (Math.abs(value) > largest || (scale === 0 && !exact)) tooLarge(column, value);
  return value;
}

/** A time of day as `hh:mm:ss`, with a fraction where it has one. `unit`: 0 s, 1 ms, 2 µs, 3 ns. */
export function timeText(value: number, unit: number): string {
  const perSecond = 1000 ** unit;
  const seconds = Math.floor(value / perSecond);
  const fraction = value % perSecond;
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const text = clock.map((part) => String(part).padStart(2, "0")).join(":");
  return fraction
    ? `${text}.${String(fraction)
        .padStart(unit * 3, "0")
        .replace(/0+$/, "")}`
    : text;
}

function tooLarge(column: string, value: number): never {
  throw new RangeError(
    `column "${column}": expected numbers within ±2^53, got about ${value}; cast it to DOUBLE or VARCHAR`,
  );
}
