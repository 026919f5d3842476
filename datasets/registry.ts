import { clickstream } from "./clickstream/simulate.ts";
import type { Dataset } from "./dataset.ts";
import { shop } from "./shop/simulate.ts";
import { subscriptions } from "./subscriptions/simulate.ts";

/** Every sample dataset. */
export const datasets: readonly Dataset[] = [shop, subscriptions, clickstream];

/** The sample dataset of that id; an unknown id is a RangeError that lists the known ones. */
export function datasetById(id: string): Dataset {
  const dataset = datasets.find(({ card }) => card.id === id);
  if (!dataset)
    throw new RangeError(
      `no dataset "${id}"; known are ${datasets.map(({ card }) => `"${card.id}"`).join(", ")}`,
    );
  return dataset;
}
