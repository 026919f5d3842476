import type { Table } from "../data/table.ts";
import { checkedDays, eventSource, type EventColumns, type EventRows } from "./event-source.ts";
import { knownUntil, type Moment } from "./moment.ts";

/** What `churnLabel` is told beside the orders. */
export interface ChurnLabelOptions extends Pick<EventColumns, "user" | "time"> {
  /** The moment at which one stands: who had ordered by then is labelled. */
  readonly asOf: Moment;
  /** Days after `asOf` in which an order means that the user stayed. */
  readonly horizon: number;
}

/**
 * Who churned: `churned` is true for each user with an order up to `asOf` who has none in the `horizon` days after it. One row a user, by
 * user. A horizon that reaches past the last order is a RangeError: what was not yet to be seen is no churn. Times may be numbers: seconds
 * or milliseconds since 1970.
 */
export async function churnLabel(orders: EventRows, options: ChurnLabelOptions): Promise<Table> {
  const caller = "churnLabel";
  const { at, before, since } = knownUntil(caller, "asOf", options?.asOf);
  const days = checkedDays(caller, "horizon", options.horizon);
  const source = await eventSource(caller, orders, ["user", "time"], options);
  const { user, time } = source.columns;
  const end = `${at} + INTERVAL ${Math.round(days * 86_400)} SECOND`;
  const last = before === "<" ? `(${end} - INTERVAL 1 MICROSECOND)` : `(${end})`;
  const [found] = (
    await source.query(
      `select strftime(max(${time})::timestamp, '%Y-%m-%d') as last, strftime(${last}, '%Y-%m-%d') as needed, max(${time})::date < ${last}::date as short from events`,
    )
  ).toArray();
  if (found!.last === null) throw new RangeError("churnLabel: expected orders, got none");
  if (found!.short)
    throw new RangeError(
      `churnLabel: the data end on ${found!.last as string}, but a horizon of ${days} days reaches to ${found!.needed as string}: take an earlier asOf or a shorter horizon`,
    );
  return source.query(
    `select ${user}, count(*) filter (${time} ${since} ${at} and ${time} ${before} ${end}) = 0 as churned from events
     where ${user} is not null group by ${user} having min(${time}) ${before} ${at} order by ${user}`,
  );
}
