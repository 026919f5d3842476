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

/** The header of a file, what it is, the roles of its columns, and its first line where that matters. */
const headers: readonly (readonly [
  set: string,
  table: string,
  header: string,
  roles: string,
  line?: string,
])[] = [
  ["MovieLens latest", "ratings", "userId,movieId,rating,timestamp", "user item target time"],
  ["MovieLens latest", "movies", "movieId,title,genres", "item - -"],
  ["MovieLens latest", "tags", "userId,movieId,tag,timestamp", "user item - time"],
  ["MovieLens latest", "links", "movieId,imdbId,tmdbId", "item - -"],
  [
    "Online Retail",
    "online_retail",
    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
    "- item - - time amount user -",
  ],
  [
    "Online Retail",
    "online_retail_ii",
    "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country",
    "- item - - time amount user -",
  ],
  ["RetailRocket", "events", "timestamp,visitorid,event,itemid,transactionid", "time user event item -"],
  ["RetailRocket", "item_properties", "timestamp,itemid,property,value", "time item - -"],
  ["RetailRocket", "category_tree", "categoryid,parentid", "- -", "1016,213"],
  [
    "Instacart",
    "orders",
    "order_id,user_id,eval_set,order_number,order_dow,order_hour_of_day,days_since_prior_order",
    "- user - - - - -",
  ],
  ["Instacart", "order_products", "order_id,product_id,add_to_cart_order,reordered", "- item - target"],
  ["Instacart", "products", "product_id,product_name,aisle_id,department_id", "item - - -"],
  ["Instacart", "aisles", "aisle_id,aisle", "- -"],
  ["Instacart", "departments", "department_id,department", "- -", "1,frozen"],
  [
    "Hillstrom e-mail",
    "hillstrom",
    "recency,history_segment,history,mens,womens,zip_code,newbie,channel,segment,visit,conversion,spend",
    "- - - - - - - - - target - amount",
  ],
  [
    "Olist",
    "olist_customers",
    "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state",
    "- user - - -",
  ],
  [
    "Olist",
    "olist_geolocation",
    "geolocation_zip_code_prefix,geolocation_lat,geolocation_lng,geolocation_city,geolocation_state",
    "- - - - -",
  ],
  [
    "Olist",
    "olist_order_items",
    "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value",
    "- - item - - amount -",
  ],
  [
    "Olist",
    "olist_order_payments",
    "order_id,payment_sequential,payment_type,payment_installments,payment_value",
    "- - - - amount",
  ],
  [
    "Olist",
    "olist_order_reviews",
    "review_id,order_id,review_score,review_comment_title,review_comment_message,review_creation_date,review_answer_timestamp",
    "- - target - - time -",
  ],
  [
    "Olist",
    "olist_orders",
    "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date",
    "- - - time - - - -",
  ],
  [
    "Olist",
    "olist_products",
    "product_id,product_category_name,product_name_lenght,product_description_lenght,product_photos_qty,product_weight_g,product_length_cm,product_height_cm,product_width_cm",
    "item - - - - - - - -",
  ],
  ["Olist", "olist_sellers", "seller_id,seller_zip_code_prefix,seller_city,seller_state", "- - - -"],
  [
    "Olist",
    "product_category_name_translation",
    "product_category_name,product_category_name_english",
    "- -",
  ],
  ["IBM Telco churn", "telco", telco, `user${" -".repeat(17)} amount - target`],
];

test.each(headers)("%s: the header of %s is recognised", (set, table, header, roles, line) => {
  const found = byHeader(header, line)!;
  expect(found).toMatchObject({ set, table, header: true, delimiter: null });
  expect(found.columns.map(({ name }) => name).join(",")).toBe(header);
  expect(found.columns.map(({ role }) => role ?? "-").join(" ")).toBe(roles);
});

test.each(headers)(
  "%s: the header of %s may have another order, case or index",
  (set, table, header, _, line) => {
    const changed = ["", ...header.toUpperCase().split(",").toReversed()].join(",");
    expect(byHeader(changed, line)).toMatchObject({ set, table });
  },
);

test.each(headers)(
  "%s: the header of %s with a column more or less is another file's",
  (set, _, header, __, line) => {
    expect(byHeader(`${header},more`, line)).toBeNull();
    const fewer = byHeader(header.split(",").slice(1).join(","), line);
    expect(fewer?.set).not.toBe(set);
  },
);

test.each(headers.filter(([, , , , line]) => line))(
  "%s: other people's %s are not taken for it",
  (_, __, header) => {
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
