import { byHeader } from "./by-header.ts";

/** Views, carts and purchases in an online shop, 2015. Source: RetailRocket. */
export const retailrocket = byHeader("RetailRocket", [
  {
    table: "events",
    columns: ["timestamp", "visitorid", "event", "itemid", "transactionid"],
    roles: { timestamp: "time", visitorid: "user", event: "event", itemid: "item" },
    kinds: { timestamp: "timestamp-milliseconds" },
  },
  {
    table: "item_properties",
    columns: ["timestamp", "itemid", "property", "value"],
    roles: { timestamp: "time", itemid: "item" },
    kinds: { timestamp: "timestamp-milliseconds", property: "text", value: "text" },
  },
  { table: "category_tree", columns: ["categoryid", "parentid"], line: /^\d+\W+\d*\W*$/ },
]);
