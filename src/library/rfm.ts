import type { Table } from "../data/table.ts";
import { eventSource, type EventColumns, type EventRows } from "./event-source.ts";
import { knownUntil, upTo, type Moment } from "./moment.ts";

/** What `rfm` is told beside the orders. */
export interface RfmOptions extends Pick<EventColumns, "user" | "time" | "amount"> {
  /** The end of what is known; no order after it is read. The last order unless given. */
  readonly asOf?: Moment;
  /** The unit of recency and T. */
  readonly unit?: "day" | "week";
}

/**
 * Recency, frequency and monetary value of every customer, as lifetimes' `summary_data_from_transaction_data` has them: orders of one day
 * count as one. `frequency`: days with an order after the first; `recency`: from the first to the last, `T`: from the first to `asOf`, in
 * `unit`; `monetary_value`: mean of the days after the first, 0 where there are none. Beside them the scores `r`, `f` and `m` from 1 to 5
 * (best) by fifths of the time since the last order, the number of days and all that was spent; equal customers score alike. One row a
 * user, by user. Times may be numbers: seconds or milliseconds since 1970. Source: Fader, Hardie & Lee 2005; Hughes 1994.
 */
export async function rfm(orders: EventRows, options: RfmOptions = {}): Promise<Table> {
  const source = await eventSource("rfm", orders, ["user", "time", "amount"], options);
  const { user, time, amount } = source.columns;
  const { unit = "day" } = options;
  if (unit !== "day" && unit !== "week")
    throw new RangeError(`rfm: expected unit to be "day" or "week", got ${JSON.stringify(unit)}`);
  const days = unit === "week" ? 7 : 1;
  const end =
    options.asOf === undefined
      ? upTo(`(select max(${time}) from events)`)
      : knownUntil("rfm", "asOf", options.asOf);
  const score = (by: string): string =>
    `least(5, 1 + floor(5 * percent_rank() over (order by ${by})))::integer`;
  return source.query(`, known as (
      select ${user} as user_id, cast(${time} as date) as day, ${amount} as amount from events
      where ${time} ${end.before} ${end.at} and ${user} is not null and ${time} is not null),
    days as (select user_id, day, sum(amount) as spent from known group by user_id, day),
    firsts as (select user_id, day, spent, min(day) over (partition by user_id) as first from days),
    users as (
      select user_id, count(*) - 1 as frequency, min(day) as first, max(day) as last, coalesce(sum(spent), 0) as total,
        coalesce(avg(spent) filter (day > first), 0) as monetary_value
      from firsts group by user_id)
    select user_id as ${user}, frequency, date_diff('day', first, last) / ${days} as recency,
      date_diff('day', first, ${end.day}) / ${days} as T, monetary_value,
      ${score("last")} as r, ${score("frequency")} as f, ${score("total")} as m
    from users order by user_id`);
}
