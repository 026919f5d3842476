import { expect, test } from "vitest";
import { recognise } from "../../../src/engine/recognisers/registry.ts";

const byLines = (...lines: string[]) => recognise({ file: "data.txt", header: null, lines });
const byHeader = (...header: string[]) => recognise({ file: "data.csv", header, lines: [] });

test.each([
  ["CDNOW", "cdnow", [" 00001 19970101  1   11.77", " 00002 19970112  1   12.00"]],
  ["CDNOW", "cdnow", [" customer_id  date number_of_cds  dollar_value", " 00001 19970101  1   11.77"]],
  ["CDNOW", "cdnow_sample", [" 00004 0001 19970101  2   29.33", " 00004 0001 19970118  2   29.73"]],
  ["MovieLens 100K", "ratings", ["196\t242\t3\t881250949", "186\t302\t3\t891717742"]],
  [
    "MovieLens 100K",
    "items",
    ["1|Toy Story (1995)|01-Jan-1995||http://us.imdb.com/M/x|0|0|0|1|1|1|0|0|0|0|0|0|0|0|0|0|0|0|0"],
  ],
  ["MovieLens 100K", "users", ["1|24|M|technician|85711", "2|53|F|other|94043"]],
  ["MovieLens 1M", "ratings", ["1::1193::5::978300760", "1::661::3::978302109"]],
  ["MovieLens 1M", "items", ["1::Toy Story (1995)::Animation|Children's|Comedy"]],
  ["MovieLens 1M", "users", ["1::F::1::10::48067", "2::M::56::16::70072"]],
])("%s: the lines of %s are recognised, whatever the file is called", (set, table, lines) => {
  expect(byLines(...lines)).toMatchObject({ set, table });
});

test.each([
  ["MovieLens latest", "ratings", "userId,movieId,rating,timestamp"],
  ["MovieLens latest", "links", "movieId,imdbId,tmdbId"],
  [
    "Online Retail",
    "online_retail",
    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
  ],
  [
    "Online Retail",
    "online_retail_ii",
    "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country",
  ],
  ["RetailRocket", "events", "timestamp,visitorid,event,itemid,transactionid"],
  ["Instacart", "order_products", "order_id,product_id,add_to_cart_order,reordered"],
  [
    "Hillstrom e-mail",
    "hillstrom",
    "recency,history_segment,history,mens,womens,zip_code,newbie,channel,segment,visit,conversion,spend",
  ],
  [
    "Olist",
    "olist_order_items",
    "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value",
  ],
])(
  "%s: the header of %s is recognised, in any order and case, with an index beside it",
  (set, table, names) => {
    const header = names.split(",");
    expect(byHeader(...header)).toMatchObject({ set, table });
    expect(byHeader(...header.toReversed())).toMatchObject({ set, table });
    expect(byHeader("", ...header.map((name) => name.toUpperCase()))).toMatchObject({ set, table });
  },
);

test("a file that only shares some columns, or whose lines differ, is none of them", () => {
  expect(byHeader("userId", "movieId", "rating")).toBeNull();
  expect(byHeader("customer_id", "date", "amount")).toBeNull();
  expect(byLines("196\t242\t3\t881250949", "x\t302\t3\t891717742")).toBeNull();
  expect(byLines("196\t242\t9\t881250949")).toBeNull();
  expect(byLines(" 00001 20970101  1   11.77")).toBeNull();
  expect(byLines()).toBeNull();
});

test("roles and kinds go with the columns as the file has them", () => {
  const found = byHeader("timestamp", "rating", "movieId", "userId");
  expect(found!.columns).toEqual([
    { name: "timestamp", kind: "timestamp-seconds", role: "time" },
    { name: "rating", kind: null, role: "target" },
    { name: "movieId", kind: null, role: "item" },
    { name: "userId", kind: null, role: "user" },
  ]);
});
