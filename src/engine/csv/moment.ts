const separators = "-./";

/**
 * A date as it is written, e.g. `2024-03-01 10:30` or `1/3/2024`, read but not yet put in order. It is filled anew by each `read`.
 * Years have four digits. A time may have seconds and their fraction, `AM` or `PM`, and its distance from UTC.
 */
export class Moment {
  /** The three numbers of the date, in the order they stand. */
  a = 0;
  b = 0;
  c = 0;
  /** Whether `a` is the year, else `c` is. */
  yearFirst = false;
  separator = "-";
  hasTime = false;
  /** Time of day in microseconds. */
  time = 0;
  /** Minutes that the time is ahead of UTC, 0 where it does not say. */
  offset = 0;

  #bytes = new Uint8Array(0) as Uint8Array;
  #at = 0;
  #end = 0;
  #digits = 0;

  /** Reads a field; false where it is no moment. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    this.time = this.offset = 0;
    const length = end - start;
    if ((length === 10 || length === 19) && this.#isCommon(bytes, start, length)) return true;
    this.a = this.#number(4);
    const first = this.#digits;
    const separator = this.#next();
    if (!first || (separator !== 45 && separator !== 46 && separator !== 47)) return false;
    this.separator = separators[separator - 45]!;
    this.yearFirst = first === 4;
    this.b = this.#number(2);
    if (!this.#digits || this.#next() !== separator) return false;
    this.c = this.#number(4);
    if (this.yearFirst ? !this.#digits || this.#digits > 2 : first > 2 || this.#digits !== 4) return false;
    this.hasTime = this.#at < end;
    if (!this.hasTime) return true;
    const gap = this.#next();
    return (gap === 32 || gap === 84) && this.#time() && this.#zone();
  }

  /** Reads `2024-12-31` or `2024-12-31 23:59:59`, as most moments are written, faster than any other. */
  #isCommon(bytes: Uint8Array, start: number, length: number): boolean {
    const century = twoDigits(bytes, start);
    const year = twoDigits(bytes, start + 2);
    this.b = twoDigits(bytes, start + 5);
    this.c = twoDigits(bytes, start + 8);
    if (century < 0 || year < 0 || this.b < 0 || this.c < 0) return false;
    if (bytes[start + 4] !== 45 || bytes[start + 7] !== 45) return false;
    this.a = century * 100 + year;
    this.yearFirst = true;
    this.separator = "-";
    this.hasTime = length > 10;
    if (!this.hasTime) return true;
    const hour = twoDigits(bytes, start + 11);
    const minute = twoDigits(bytes, start + 14);
    const second = twoDigits(bytes, start + 17);
    if (hour < 0 || minute < 0 || second < 0 || hour > 23 || minute > 59 || second > 59) return false;
    if (bytes[start + 13] !== 58 || bytes[start + 16] !== 58) return false;
    if (bytes[start + 10] !== 32 && bytes[start + 10] !== 84) return false;
    this.time = ((hour * 60 + minute) * 60 + second) * 1e6;
    return true;
  }

  #time(): boolean {
    let hour = this.#number(2);
    if (!this.#digits || this.#next() !== 58) return false;
    const minute = this.#number(2);
    if (this.#digits !== 2) return false;
    let second = 0;
    if (this.#peek() === 58) {
      this.#at++;
      second = this.#number(2);
      if (this.#digits !== 2) return false;
      if ((this.#peek() === 46 || this.#peek() === 44) && !this.#fraction()) return false;
    }
    const half = this.#halfOfDay();
    if (half >= 0) {
      if (hour < 1 || hour > 12) return false;
      hour = (hour % 12) + half;
    }
    if (hour > 23 || minute > 59 || second > 59) return false;
    this.time += ((hour * 60 + minute) * 60 + second) * 1e6;
    return true;
  }

  /** Adds a fraction of a second, cut to whole microseconds. */
  #fraction(): boolean {
    this.#at++;
    const value = this.#number(9);
    const digits = this.#digits;
    this.time = Math.floor((value * 1e6) / 10 ** digits);
    return digits > 0;
  }

  /** The hours that `AM` or `PM` adds, −1 where there is neither. */
  #halfOfDay(): number {
    const at = this.#peek() === 32 ? this.#at + 1 : this.#at;
    const letter = this.#bytes[at]! | 32;
    if (at + 1 >= this.#end || (letter !== 97 && letter !== 112) || (this.#bytes[at + 1]! | 32) !== 109)
      return -1;
    this.#at = at + 2;
    return letter === 112 ? 12 : 0;
  }

  /** Reads `Z`, `UTC`, `+02:00`, `+0200`, `+02` or nothing, up to the end. */
  #zone(): boolean {
    if (this.#peek() === 32) this.#at++;
    const left = this.#end - this.#at;
    if (left === 0) return this.#bytes[this.#at - 1] !== 32;
    const sign = this.#next();
    if (sign === 90) return left === 1;
    if (sign === 85) return left === 3 && this.#next() === 84 && this.#next() === 67;
    if (sign !== 43 && sign !== 45) return false;
    let minutes = this.#number(2) * 60;
    if (this.#digits !== 2) return false;
    if (this.#at < this.#end) {
      if (this.#peek() === 58) this.#at++;
      minutes += this.#number(2);
      if (this.#digits !== 2 || this.#at < this.#end) return false;
    }
    this.offset = sign === 45 ? -minutes : minutes;
    return true;
  }

  /** The number that up to `most` digits are from here on; `#digits` is how many there were. */
  #number(most: number): number {
    const bytes = this.#bytes;
    const start = this.#at;
    const end = Math.min(this.#end, start + most);
    let at = start;
    let value = 0;
    for (; at < end; at++) {
      const digit = bytes[at]! - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    this.#at = at;
    this.#digits = at - start;
    return value;
  }

  #peek(): number {
    return this.#at < this.#end ? this.#bytes[this.#at]! : -1;
  }

  #next(): number {
    return this.#at < this.#end ? this.#bytes[this.#at++]! : -1;
  }
}

/** The number that two digits are, or −1. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - 48;
  const ones = bytes[at + 1]! - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/** The days from 1970-01-01 to a day of the proleptic Gregorian calendar, or null where it has no such day. */
export function daysSince1970(year: number, month: number, day: number): number | null {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  // Years begin in March here, so that a leap day is the last of its year.
  const y = month > 2 ? year : year - 1;
  const century = Math.floor(y / 100);
  return 365 * y + (y >> 2) - century + (century >> 2) + daysBefore[month]! + day - 719_469;
}

/** Days from the first of March to the first of each month. */
const daysBefore = Int32Array.of(0, 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275);

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
