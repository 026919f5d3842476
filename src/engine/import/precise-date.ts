/** A moment with the microseconds that a `Date` cuts off. */
class PreciseDate extends Date {
  /** `precise`: milliseconds since 1970, with a fraction. */
  constructor(readonly precise: number) {
    super(precise);
  }
}

/** The moment so many microseconds after 1970. */
export function dateFromMicroseconds(microseconds: bigint): Date {
  const rest = microseconds % 1000n;
  const whole = Number(microseconds / 1000n);
  return rest ? new PreciseDate(whole + Number(rest) / 1000) : new Date(whole);
}

/** Milliseconds since 1970, with a fraction where the moment has one; NaN for what is no moment. */
export function millisecondsOf(value: unknown): number {
  if (value instanceof PreciseDate) return value.precise;
  return value instanceof Date ? value.getTime() : NaN;
}
