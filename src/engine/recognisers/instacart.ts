import { byHeader } from "./by-header.ts";

/** Baskets of groceries, 2017. Orders have no date, only the days since the one before. Source: Instacart. */
export const instacart = byHeader("Instacart", [
  {
    table: "orders",
    columns: [
      "order_id",
      "user_id",
      "eval_set",
      "order_number",
      "order_dow",
      "order_hour_of_day",
      "days_since_prior_order",
    ],
    roles: { user_id: "user" },
  },
  {
    table: "order_products",
    columns: ["order_id", "product_id", "add_to_cart_order", "reordered"],
    roles: { product_id: "item", reordered: "target" },
  },
  {
    table: "products",
    columns: ["product_id", "product_name", "aisle_id", "department_id"],
    roles: { product_id: "item" },
  },
  { table: "aisles", columns: ["aisle_id", "aisle"] },
  { table: "departments", columns: ["department_id", "department"], line: /^1\W+frozen\W*$/ },
]);
