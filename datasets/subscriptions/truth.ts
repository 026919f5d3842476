import { exp } from "../../src/core/math.ts";
import { columnFrom, NumberColumn } from "../../src/data/column.ts";
import { MomentColumn } from "../../src/data/packed-column.ts";
import { Table } from "../../src/data/table.ts";
import { countColumn } from "../columns.ts";
import type { SimulatedTable } from "../dataset.ts";
import { integrated, ratio, type Subscribers, type SubscriptionParameters } from "./subscribers.ts";
import { covariates, msPerDay, observationDay } from "./world.ts";

const horizons = [30, 90, 365] as const;

/** What made each subscriber's tenure, what the next days hold, and the planted parameters. */
export function truthTables(
  subscribers: Subscribers,
  parameters: SubscriptionParameters,
): { readonly [name: string]: SimulatedTable } {
  const { count, hazardRatio, end } = subscribers;
  const stays = stayProbabilities(subscribers, parameters);
  return {
    subscribers: {
      sqlTypes: {},
      table: new Table([
        ["subscriber_id", countColumn(count)],
        ["hazard_ratio", new NumberColumn(hazardRatio)],
        ["leaves_at", new MomentColumn(end.map((day) => Math.floor((day * msPerDay) / 1000) * 1000))],
        ...horizons.map((days, h) => [`p_stay_${days}`, new NumberColumn(stays[h]!)] as const),
      ]),
    },
    subscription_parameters: parameterTable(parameters),
  };
}

/**
 * P(still there after the next days | there at the observation), with the plan of that day kept: exp(−r (H(t + d) − H(t))), r the hazard
 * ratio then and H the baseline integrated hazard; 0 for who has left.
 */
function stayProbabilities(
  { count, start, end, levels, hazardRatio, changes }: Subscribers,
  parameters: SubscriptionParameters,
): Float64Array[] {
  const plan = Uint8Array.from(levels.plan);
  for (const [k, i] of changes.subscriber.entries()) plan[i] = changes.to[k]!;
  const planRatio = covariates.plan.map(({ hazardRatio }) => ratio(hazardRatio, parameters));
  return horizons.map((days) =>
    Float64Array.from({ length: count }, (_, i) => {
      if (end[i]! < observationDay) return 0;
      const now = (hazardRatio[i]! / planRatio[levels.plan[i]!]!) * planRatio[plan[i]!]!;
      const tenure = observationDay - start[i]!;
      return exp(-now * (integrated(tenure + days, parameters) - integrated(tenure, parameters)));
    }),
  );
}

function parameterTable(parameters: SubscriptionParameters): SimulatedTable {
  const rows = [
    { parameter: "shape", value: parameters.shape },
    { parameter: "scale_days", value: parameters.scale },
    ...Object.entries(covariates).flatMap(([name, levels]) =>
      levels.slice(1).map(({ name: level, hazardRatio }) => ({
        parameter: `hazard_ratio_${name}_${level}`,
        value: ratio(hazardRatio, parameters),
      })),
    ),
  ];
  return {
    sqlTypes: {},
    table: new Table([
      ["parameter", columnFrom(rows.map(({ parameter }) => parameter))],
      ["value", new NumberColumn(Float64Array.from(rows, ({ value }) => value))],
    ]),
  };
}
