import { byHeader } from "./by-header.ts";

/** Orders of a Brazilian marketplace, 2016 to 2018. Source: Olist. */
export const olist = byHeader("Olist", [
  {
    table: "olist_customers",
    columns: [
      "customer_id",
      "customer_unique_id",
      "customer_zip_code_prefix",
      "customer_city",
      "customer_state",
    ],
    roles: { customer_unique_id: "user" },
    kinds: { customer_zip_code_prefix: "text" },
  },
  {
    table: "olist_geolocation",
    columns: [
      "geolocation_zip_code_prefix",
      "geolocation_lat",
      "geolocation_lng",
      "geolocation_city",
      "geolocation_state",
    ],
    kinds: { geolocation_zip_code_prefix: "text" },
  },
  {
    table: "olist_order_items",
    columns: [
      "order_id",
      "order_item_id",
      "product_id",
      "seller_id",
      "shipping_limit_date",
      "price",
      "freight_value",
    ],
    roles: { product_id: "item", price: "amount" },
  },
  {
    table: "olist_order_payments",
    columns: ["order_id", "payment_sequential", "payment_type", "payment_installments", "payment_value"],
    roles: { payment_value: "amount" },
  },
  {
    table: "olist_order_reviews",
    columns: [
      "review_id",
      "order_id",
      "review_score",
      "review_comment_title",
      "review_comment_message",
      "review_creation_date",
      "review_answer_timestamp",
    ],
    roles: { review_score: "target", review_creation_date: "time" },
  },
  {
    table: "olist_orders",
    columns: [
      "order_id",
      "customer_id",
      "order_status",
      "order_purchase_timestamp",
      "order_approved_at",
      "order_delivered_carrier_date",
      "order_delivered_customer_date",
      "order_estimated_delivery_date",
    ],
    // Each order has a customer_id of its own; who comes back is told by customer_unique_id in olist_customers.
    roles: { order_purchase_timestamp: "time" },
  },
  {
    table: "olist_products",
    columns: [
      "product_id",
      "product_category_name",
      "product_name_lenght",
      "product_description_lenght",
      "product_photos_qty",
      "product_weight_g",
      "product_length_cm",
      "product_height_cm",
      "product_width_cm",
    ],
    roles: { product_id: "item" },
  },
  {
    table: "olist_sellers",
    columns: ["seller_id", "seller_zip_code_prefix", "seller_city", "seller_state"],
    kinds: { seller_zip_code_prefix: "text" },
  },
  {
    table: "product_category_name_translation",
    columns: ["product_category_name", "product_category_name_english"],
  },
]);
