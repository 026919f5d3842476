import { sin } from "../../src/core/math.ts";
import { cumulative } from "../weighted.ts";
import { daysObserved, firstDay, hours, weekday, yearly } from "./world.ts";

/** Days after the observation for which the calendar still knows its seasons. */
const daysAhead = 120;

/**
 * The shop's clock: purchases are a process of constant rates in its own time, in which a busy day is long. Both are in days from the
 * first day, and on average a day of the one is a day of the other.
 */
export class Calendar {
  /** The shop's own time at the beginning of each day. */
  readonly #begin: Float64Array;
  readonly #hours: Float64Array;

  /** `strength` of the seasons: 0 makes every day and hour alike. */
  constructor(strength: number) {
    const days = daysObserved + daysAhead;
    const rates = Float64Array.from({ length: days }, (_, day) => rateOf(day, strength));
    let sum = 0;
    for (let day = 0; day < daysObserved; day++) sum += rates[day]!;
    this.#begin = new Float64Array(days + 1);
    for (let day = 0; day < days; day++)
      this.#begin[day + 1] = this.#begin[day]! + (rates[day]! * daysObserved) / sum;
    const shares = hours.map((weight) => 1 + strength * (weight - 1));
    this.#hours = new Float64Array(25);
    this.#hours.set(cumulative(shares), 1);
  }

  /** The shop's own time at a time in days. */
  own(time: number): number {
    const day = Math.min(Math.floor(time), this.#begin.length - 2);
    const hour = Math.min(Math.floor((time - day) * 24), 23);
    const within = (time - day) * 24 - hour;
    const share = this.#hours[hour]! + within * (this.#hours[hour + 1]! - this.#hours[hour]!);
    return this.#begin[day]! + share * (this.#begin[day + 1]! - this.#begin[day]!);
  }

  /** The time in days at a time of the shop's own; Infinity beyond the calendar's end. */
  time(own: number): number {
    const begin = this.#begin;
    if (own >= begin[begin.length - 1]!) return Infinity;
    let low = 0;
    let high = begin.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (begin[middle]! <= own) low = middle;
      else high = middle - 1;
    }
    const share = (own - begin[low]!) / (begin[low + 1]! - begin[low]!);
    let hour = 0;
    while (hour < 23 && this.#hours[hour + 1]! <= share) hour++;
    const within = (share - this.#hours[hour]!) / (this.#hours[hour + 1]! - this.#hours[hour]!);
    return low + (hour + within) / 24;
  }
}

/** How busy a day is, before the scaling to a mean of 1. */
function rateOf(day: number, strength: number): number {
  // 1970-01-01 was a Thursday.
  const ofWeek = weekday[(firstDay + day + 3) % 7]!;
  const ofYear = 1 + yearly.swing * sin(2 * Math.PI * ((day - yearly.heightOfYear) / 365.25 + 0.25));
  return 1 + strength * (ofWeek * ofYear - 1);
}
