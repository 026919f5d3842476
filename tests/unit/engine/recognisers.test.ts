import { expect, test } from "vitest";
import { layoutOf } from "../../../src/engine/recognisers/recogniser.ts";
import { recognise } from "../../../src/engine/recognisers/registry.ts";

const byLines = (...lines: string[]) => recognise({ header: null, lines });
const byHeader = (header: string, line = "") =>
  recognise({ header: header.split(","), lines: [header, line] });

test.each([
  ["CDNOW", "cdnow", [" 00001 19970101  1   11.77 ", " 00002 19970112  1   12.00 "]],
  ["CDNOW", "cdnow", [" customer_id  date number_of_cds  dollar_value", " 00001 19970101  1   11.77"]],
  ["CDNOW", "cdnow_sample", [" 00004 0001 19970101  2   29.33", " 00004 0001 19970118  2   29.73"]],
  ["MovieLens 100K", "ratings", ["196\t242\t3\t881250949", "186\t302\t3\t891717742"]],
  [
    "MovieLens 100K",
    "items",
    [
      "1|Toy Story (1995)|01-Jan-1995||http://us.imdb.com/M/x|0|0|0|1|1|1|0|0|0|0|0|0|0|0|0|0|0|0|0",
      "267|unknown||||1|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0",
    ],
  ],
  ["MovieLens 100K", "users", ["1|24|M|technician|85711", "74|39|M|scientist|T8H1N"]],
  ["MovieLens 1M", "ratings", ["1::1193::5::978300760", "6040::1096::4::956715648"]],
  [
    "MovieLens 1M",
    "items",
    ["1::Toy Story (1995)::Animation|Children's|Comedy", "45::To Die For (1995)::Drama"],
  ],
  ["MovieLens 1M", "users", ["1::F::1::10::48067", "61::M::25::17::95122-1234"]],
])("%s: the lines of %s are recognised", (set, table, lines) => {
  expect(byLines(...lines)).toMatchObject({ set, table });
  // A file that ends in its first lines, or has an empty one, is no other.
  expect(byLines(...lines, "")).toMatchObject({ set, table });
  expect(byLines(...lines, "and so on")).toBeNull();
});

const telco =
  "customerID,gender,SeniorCitizen,Partner,Dependents,tenure,PhoneService,MultipleLines,InternetService,OnlineSecurity,OnlineBackup,DeviceProtection,TechSupport,StreamingTV,StreamingMovies,Contract,PaperlessBilling,PaymentMethod,MonthlyCharges,TotalCharges,Churn";

/** A file with a header: `roles` are those of its columns, `line` is its first row where that matters. */
interface HeaderCase {
  readonly set: string;
  readonly table: string;
  readonly header: string;
  readonly roles: string;
  readonly line?: string;
}

const headers: readonly HeaderCase[] = [
  {
    set: "MovieLens latest",
    table: "ratings",
    header: "userId,movieId,rating,timestamp",
    roles: "user item target time",
  },
  { set: "MovieLens latest", table: "movies", header: "movieId,title,genres", roles: "item - -" },
  {
    set: "MovieLens latest",
    table: "tags",
    header: "userId,movieId,tag,timestamp",
    roles: "user item - time",
  },
  { set: "MovieLens latest", table: "links", header: "movieId,imdbId,tmdbId", roles: "item - -" },
  {
    set: "Online Retail",
    table: "online_retail",
    header: "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
    roles: "- item - - time - user -",
  },
  {
    set: "Online Retail",
    table: "online_retail_ii",
    header: "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country",
    roles: "- item - - time - user -",
  },
  {
    set: "RetailRocket",
    table: "events",
    header: "timestamp,visitorid,event,itemid,transactionid",
    roles: "time user event item -",
  },
  {
    set: "RetailRocket",
    table: "item_properties",
    header: "timestamp,itemid,property,value",
    roles: "time item - -",
  },
  {
    set: "RetailRocket",
    table: "category_tree",
    header: "categoryid,parentid",
    roles: "- -",
    line: "1016,213",
  },
  {
    set: "Instacart",
    table: "orders",
    header: "order_id,user_id,eval_set,order_number,order_dow,order_hour_of_day,days_since_prior_order",
    roles: "- user - - - - -",
  },
  {
    set: "Instacart",
    table: "order_products",
    header: "order_id,product_id,add_to_cart_order,reordered",
    roles: "- item - target",
  },
  {
    set: "Instacart",
    table: "products",
    header: "product_id,product_name,aisle_id,department_id",
    roles: "item - - -",
  },
  { set: "Instacart", table: "aisles", header: "aisle_id,aisle", roles: "- -" },
  {
    set: "Instacart",
    table: "departments",
    header: "department_id,department",
    roles: "- -",
    line: "1,frozen",
  },
  {
    set: "Hillstrom e-mail",
    table: "hillstrom",
    header:
      "recency,history_segment,history,mens,womens,zip_code,newbie,channel,segment,visit,conversion,spend",
    roles: "- - - - - - - - - target - amount",
  },
  {
    set: "Olist",
    table: "olist_customers",
    header: "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state",
    roles: "- user - - -",
  },
  {
    set: "Olist",
    table: "olist_geolocation",
    header: "geolocation_zip_code_prefix,geolocation_lat,geolocation_lng,geolocation_city,geolocation_state",
    roles: "- - - - -",
  },
  {
    set: "Olist",
    table: "olist_order_items",
    header: "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value",
    roles: "- - item - - amount -",
  },
  {
    set: "Olist",
    table: "olist_order_payments",
    header: "order_id,payment_sequential,payment_type,payment_installments,payment_value",
    roles: "- - - - amount",
  },
  {
    set: "Olist",
    table: "olist_order_reviews",
    header:
      "review_id,order_id,review_score,review_comment_title,review_comment_message,review_creation_date,review_answer_timestamp",
    roles: "- - target - - time -",
  },
  {
    set: "Olist",
    table: "olist_orders",
    header:
      "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date",
    roles: "- - - time - - - -",
  },
  {
    set: "Olist",
    table: "olist_products",
    header:
      "product_id,product_category_name,product_name_lenght,product_description_lenght,product_photos_qty,product_weight_g,product_length_cm,product_height_cm,product_width_cm",
    roles: "item - - - - - - - -",
  },
  {
    set: "Olist",
    table: "olist_sellers",
    header: "seller_id,seller_zip_code_prefix,seller_city,seller_state",
    roles: "- - - -",
  },
  {
    set: "Olist",
    table: "product_category_name_translation",
    header: "product_category_name,product_category_name_english",
    roles: "- -",
  },
  { set: "IBM Telco churn", table: "telco", header: telco, roles: `user${" -".repeat(19)} target` },
];

test.each(headers)("$set: the header of $table is recognised", ({ set, table, header, roles, line }) => {
  const found = byHeader(header, line)!;
  expect(found).toMatchObject({ set, table, header: true, delimiter: null });
  expect(found.columns.map(({ name }) => name).join(",")).toBe(header);
  expect(found.columns.map(({ role }) => role ?? "-").join(" ")).toBe(roles);
});

test.each(headers)(
  "$set: the header of $table may have another order, case or index",
  ({ set, table, header, line }) => {
    const changed = ["", ...header.toUpperCase().split(",").toReversed()].join(",");
    expect(byHeader(changed, line)).toMatchObject({ set, table });
  },
);

test.each(headers)(
  "$set: the header of $table with a column more or less is another file's",
  ({ set, header, line }) => {
    expect(byHeader(`${header},more`, line)).toBeNull();
    expect(byHeader(header.split(",").slice(1).join(","), line)?.set).not.toBe(set);
  },
);

test.each(headers.filter(({ line }) => line))(
  "$set: other people's $table are not taken for it",
  ({ header }) => {
    expect(byHeader(header, "a1,Garden & home")).toBeNull();
  },
);

test("a file that is not like any of the sets is none of them", () => {
  expect(byHeader("customer_id,date,amount")).toBeNull();
  expect(byLines("196\t242\t9\t881250949")).toBeNull();
  expect(byLines(" 00001 20970101  1   11.77")).toBeNull();
  expect(byLines("1::122::5::838985046")).toBeNull();
  expect(byLines("")).toBeNull();
  expect(byLines()).toBeNull();
});

test("names, kinds and roles go with the columns as the file has them", () => {
  const found = byHeader("TIMESTAMP,rating,movieId, userId ")!;
  expect(found.columns).toEqual([
    { name: "timestamp", kind: "timestamp-seconds", role: "time" },
    { name: "rating", kind: null, role: "target" },
    { name: "movieId", kind: null, role: "item" },
    { name: "userId", kind: null, role: "user" },
  ]);
  expect(layoutOf(found)).toEqual({
    header: true,
    names: ["timestamp", "rating", "movieId", "userId"],
    kinds: ["timestamp-seconds", null, null, null],
  });
});

test("a file without a header is laid out as its set is", () => {
  expect(layoutOf(byLines("196\t242\t3\t881250949")!)).toEqual({
    delimiter: "\t",
    header: false,
    names: ["user_id", "item_id", "rating", "rated_at"],
    kinds: [null, null, null, "timestamp-seconds"],
  });
});
