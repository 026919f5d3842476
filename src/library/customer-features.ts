import { identifier, quoted } from "../core/sql-text.ts";
import type { Table } from "../data/table.ts";
import { checkedDays, eventSource, type EventColumns, type EventRows } from "./event-source.ts";
import { knownUntil, type Moment } from "./moment.ts";

/** What `customerFeatures` is told beside the events. */
export interface CustomerFeaturesOptions extends EventColumns {
  /** The end of what is known; no event after it is read. */
  readonly asOf: Moment;
  /** Days before `asOf` in which events are counted. */
  readonly window?: number;
}

const mostEvents = 50;

/**
 * Features of every user known at `asOf`, from events up to then and no later: `recency` and `tenure` (days since the last and the first
 * event), `frequency` (all events), `frequency_window`, and, where there is an amount, `monetary` and `monetary_window` (sums). Where there
 * is an event column, for each of its values up to 50: `count_<event>` in the window, and `trend_<event>` = (b − a) / (b + a), a and b its
 * counts in the first and the second half of the window, 0 where there are none. One row a user, by user. Times may be numbers: seconds or
 * milliseconds since 1970.
 */
export async function customerFeatures(events: EventRows, options: CustomerFeaturesOptions): Promise<Table> {
  const caller = "customerFeatures";
  const { at: end, before, since } = knownUntil(caller, "asOf", options?.asOf);
  const days = checkedDays(caller, "window", options.window ?? 90);
  const source = await eventSource(caller, events, ["user", "time"], options);
  const { user, time } = source.columns;
  const amount = await optionalColumn(caller, events, "amount", options);
  const event = await optionalColumn(caller, events, "event", options);
  const known = `, known as (
    select ${user} as user_id, cast(${time} as timestamp) as happened${event ? `, cast(${event} as varchar) as event` : ""}${amount ? `, ${amount} as amount` : ""} from events
    where ${time} ${before} ${end} and ${user} is not null)`;
  const inWindow = `happened ${since} ${end} - INTERVAL ${Math.round(days * 86_400)} SECOND`;
  const late = `happened ${since} ${end} - INTERVAL ${Math.round(days * 43_200)} SECOND`;
  const names = event
    ? [
        ...(
          await source.query(
            `${known} select event from known where event is not null and ${inWindow} group by event order by count(*) desc, event limit ${mostEvents}`,
          )
        ).column("event"),
      ].sort()
    : [];
  const sinceDays = (at: string): string => `epoch(${end} - ${at}) / 86400`;
  const columns = [
    `user_id as ${user}`,
    `${sinceDays("max(happened)")} as recency`,
    `${sinceDays("min(happened)")} as tenure`,
    `count(*) as frequency`,
    `count(*) filter (${inWindow}) as frequency_window`,
    ...(amount
      ? [
          `coalesce(sum(amount), 0) as monetary`,
          `coalesce(sum(amount) filter (${inWindow}), 0) as monetary_window`,
        ]
      : []),
    ...names.flatMap((name) => {
      const all = `count(*) filter (event = ${quoted(name as string)} and ${inWindow})`;
      const second = `count(*) filter (event = ${quoted(name as string)} and ${late})`;
      return [
        `${all} as ${identifier(`count_${name as string}`)}`,
        `coalesce((2 * ${second} - ${all}) / nullif(${all}, 0), 0) as ${identifier(`trend_${name as string}`)}`,
      ];
    }),
  ];
  return source.query(`${known} select ${columns.join(", ")} from known group by user_id order by user_id`);
}

/** A column that need not be there: null where neither an option nor a role names it. */
async function optionalColumn(
  caller: string,
  events: EventRows,
  role: "amount" | "event",
  options: CustomerFeaturesOptions,
): Promise<string | null> {
  try {
    return (await eventSource(caller, events, [role], options)).columns[role];
  } catch (error) {
    if (options[role] === undefined && error instanceof TypeError) return null;
    throw error;
  }
}
