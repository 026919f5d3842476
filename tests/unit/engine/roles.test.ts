import { expect, test } from "vitest";
import { guessRoles, type GuessedColumn } from "../../../src/engine/roles/guess.ts";

const types = {
  s: { type: "string", sqlType: "VARCHAR" },
  i: { type: "number", sqlType: "BIGINT" },
  n: { type: "number", sqlType: "DOUBLE" },
  b: { type: "boolean", sqlType: "BOOLEAN" },
  d: { type: "date", sqlType: "TIMESTAMP" },
} as const;

/** Columns written as `name:type`; text where no type is given. */
function columns(header: string): GuessedColumn[] {
  return header.split(", ").map((each) => {
    const [, name, type = "s"] = /^(.*?)(?::([sinbd]))?$/.exec(each)!;
    return { name: name!, ...types[type as keyof typeof types] };
  });
}

/** The columns that were given a role, as `role=name`. */
function guessed(header: string): string {
  const list = columns(header);
  return guessRoles(list)
    .map((role, i) => (role ? `${role}=${list[i]!.name}` : ""))
    .filter(Boolean)
    .join(" ");
}

const exports: readonly (readonly [of: string, header: string, roles: string])[] = [
  [
    "Shopify, orders",
    "Name, Email, Financial Status, Paid at:d, Fulfillment Status, Currency, Subtotal:n, Shipping:n, Taxes:n, Total:n, Discount Amount:n, Created at:d, Lineitem quantity:i, Lineitem name, Lineitem price:n, Lineitem sku, Cancelled at:d, Refunded Amount:n, Vendor, Id:i",
    "user=Email amount=Total time=Created at item=Lineitem sku",
  ],
  [
    "Shopify, customers",
    "Customer ID:i, First Name, Last Name, Email, Accepts Email Marketing, Default Address Company, Total Spent:n, Total Orders:i, Note, Tags",
    "user=Customer ID amount=Total Spent",
  ],
  [
    "Shopify, products",
    "Handle, Title, Vendor, Type, Tags, Published:b, Variant SKU, Variant Price:n, Status",
    "item=Variant SKU amount=Variant Price",
  ],
  [
    "Stripe, payments",
    "id, Description, Created (UTC):d, Amount:n, Amount Refunded:n, Currency, Converted Amount:n, Fee:n, Status, Customer ID, Customer Email, Captured:b, Card ID",
    "time=Created (UTC) amount=Amount user=Customer ID",
  ],
  [
    "Stripe, balance",
    "id, Type, Source, Amount:n, Fee:n, Net:n, Currency, Created (UTC):d, Available On (UTC):d",
    "event=Type amount=Amount time=Created (UTC)",
  ],
  [
    "Stripe, subscriptions",
    "id, Customer ID, Customer Email, Plan, Product, Quantity:i, Interval, Amount:n, Status, Created (UTC):d, Canceled At (UTC):d",
    "user=Customer ID item=Product amount=Amount time=Created (UTC)",
  ],
  [
    "PayPal",
    "Date:d, Time, TimeZone, Name, Type, Status, Currency, Gross:n, Fee:n, Net:n, From Email Address, To Email Address, Transaction ID",
    "time=Date event=Type amount=Gross user=From Email Address",
  ],
  [
    "Square",
    "Date:d, Time, Gross Sales:n, Discounts:n, Net Sales:n, Tax:n, Transaction ID, Event Type, Customer ID, Customer Name",
    "time=Date amount=Gross Sales event=Event Type user=Customer ID",
  ],
  [
    "Google Analytics 4, BigQuery",
    "event_date:i, event_timestamp:i, event_name, user_id, user_pseudo_id, platform, items.item_id, ecommerce.purchase_revenue:n",
    "time=event_timestamp event=event_name user=user_pseudo_id item=items.item_id amount=ecommerce.purchase_revenue",
  ],
  [
    "Google Analytics 4, report",
    "Date:d, Event name, Event count:i, Total users:i, Event count per user:n, Total revenue:n",
    "time=Date event=Event name amount=Total revenue",
  ],
  [
    "Segment, tracks",
    "id, anonymous_id, user_id, event, event_text, received_at:d, sent_at:d, original_timestamp:d, timestamp:d, context_ip",
    "user=user_id event=event time=timestamp",
  ],
  [
    "Mixpanel",
    "event, time:d, distinct_id, $city, $browser, mp_country_code",
    "event=event time=time user=distinct_id",
  ],
  [
    "Amplitude",
    "amplitude_id:i, user_id, device_id, event_type, event_time:d, client_event_time:d, server_upload_time:d, session_id:i",
    "user=user_id event=event_type time=event_time",
  ],
  [
    "Snowplow",
    "app_id, etl_tstamp:d, collector_tstamp:d, event, event_id, user_id, domain_userid, tr_total:n, ti_sku",
    "time=collector_tstamp event=event user=user_id amount=tr_total item=ti_sku",
  ],
  [
    "PostHog",
    "uuid, event, properties, timestamp:d, distinct_id, elements_chain",
    "event=event time=timestamp user=distinct_id",
  ],
  [
    "WooCommerce, orders",
    "order_id:i, order_number:i, order_date:d, status, customer_id:i, customer_email, billing_email, shipping_total:n, tax_total:n, order_total:n",
    "time=order_date user=customer_id amount=order_total",
  ],
  [
    "WooCommerce, analytics",
    "Date:d, Order #:i, Status, Customer, Customer type, Product(s), Items sold:i, Coupon(s), Net Sales:n",
    "time=Date user=Customer amount=Net Sales",
  ],
  [
    "Magento, sales_order",
    "entity_id:i, increment_id, store_id:i, customer_id:i, customer_email, created_at:d, updated_at:d, base_grand_total:n, grand_total:n, status",
    "user=customer_id time=created_at amount=grand_total",
  ],
  [
    "Magento, orders",
    "ID:i, Purchase Point, Purchase Date:d, Bill-to Name, Grand Total (Base):n, Grand Total (Purchased):n, Status, Customer Email",
    "time=Purchase Date amount=Grand Total (Base) user=Customer Email",
  ],
  [
    "BigCommerce",
    "Order ID:i, Customer ID:i, Customer Name, Order Date:d, Order Status, Subtotal (inc tax):n, Order Total (inc tax):n",
    "user=Customer ID time=Order Date amount=Order Total (inc tax)",
  ],
  [
    "Amazon, orders",
    "amazon-order-id, purchase-date:d, last-updated-date:d, order-status, product-name, sku, asin, quantity:i, item-price:n, item-tax:n, buyer-email",
    "time=purchase-date item=sku amount=item-price user=buyer-email",
  ],
  [
    "Etsy",
    "Sale Date:d, Order ID:i, Buyer User ID, Full Name, Number of Items:i, Order Value:n, Discount Amount:n, Order Total:n, SKU",
    "time=Sale Date user=Buyer User ID amount=Order Total item=SKU",
  ],
  [
    "eBay",
    "Order Number, Buyer Username, Item Number:i, Item Title, Sold For:n, Total Price:n, Sale Date:d, Paid On Date:d",
    "user=Buyer Username item=Item Number amount=Total Price time=Sale Date",
  ],
  [
    "App Store",
    "Provider, SKU, Title, Units:i, Developer Proceeds:n, Begin Date:d, End Date:d, Customer Currency",
    "item=SKU amount=Developer Proceeds time=Begin Date",
  ],
  [
    "Salesforce, opportunities",
    "Id, AccountId, Name, StageName, Amount:n, CloseDate:d, CreatedDate:d, IsWon:b, IsClosed:b",
    "user=AccountId amount=Amount time=CreatedDate target=IsWon",
  ],
  [
    "Tableau Superstore",
    "Row ID:i, Order ID, Order Date:d, Ship Date:d, Customer ID, Customer Name, Segment, Product ID, Category, Product Name, Sales:n, Quantity:i, Discount:n, Profit:n",
    "time=Order Date user=Customer ID item=Product ID amount=Sales",
  ],
  [
    "REES46",
    "event_time:d, event_type, product_id:i, category_id:i, category_code, brand, price:n, user_id:i, user_session",
    "time=event_time event=event_type item=product_id amount=price user=user_id",
  ],
  [
    "Tianchi",
    "user_id:i, item_id:i, behavior_type:i, user_geohash, item_category:i, time:d",
    "user=user_id item=item_id event=behavior_type time=time",
  ],
  [
    "Dunnhumby",
    "household_key:i, BASKET_ID:i, DAY:i, PRODUCT_ID:i, QUANTITY:i, SALES_VALUE:n, STORE_ID:i, RETAIL_DISC:n",
    "user=household_key item=PRODUCT_ID amount=SALES_VALUE",
  ],
  [
    "Amazon reviews",
    "reviewerID, asin, reviewerName, overall:n, unixReviewTime:i, reviewText",
    "user=reviewerID item=asin time=unixReviewTime",
  ],
  ["Goodbooks", "user_id:i, book_id:i, rating:i", "user=user_id item=book_id target=rating"],
  [
    "Netflix Prize",
    "MovieID:i, CustomerID:i, Rating:i, Date:d",
    "item=MovieID user=CustomerID target=Rating time=Date",
  ],
  [
    "Bank churn",
    "RowNumber:i, CustomerId:i, Surname, CreditScore:i, Geography, Tenure:i, Balance:n, NumOfProducts:i, HasCrCard:i, IsActiveMember:i, EstimatedSalary:n, Exited:i",
    "user=CustomerId target=Exited",
  ],
  [
    "Credit card churn",
    "CLIENTNUM:i, Attrition_Flag, Customer_Age:i, Credit_Limit:n, Total_Revolving_Bal:i, Total_Trans_Amt:i, Total_Trans_Ct:i",
    "user=CLIENTNUM target=Attrition_Flag amount=Total_Trans_Amt",
  ],
  ["KKBox", "msno, is_churn:i", "target=is_churn"],
  ["Card fraud", "Time:n, V1:n, V2:n, Amount:n, Class:i", "amount=Amount target=Class"],
  [
    "PaySim",
    "step:i, type, amount:n, nameOrig, oldbalanceOrg:n, nameDest, isFraud:i, isFlaggedFraud:i",
    "amount=amount target=isFraud",
  ],
  ["Churn by pandas", "user_id:n, tenure:n, churn:n", "user=user_id target=churn"],
  [
    "Chinese orders",
    "订单编号, 用户ID, 下单时间:d, 商品编号, 优惠金额:n, 实付金额:n, 是否流失:i",
    "user=用户ID time=下单时间 item=商品编号 amount=实付金额 target=是否流失",
  ],
  [
    "Taobao, orders",
    "订单编号, 买家会员名, 总金额:n, 退款金额:n, 订单创建时间:d, 订单付款时间:d, 宝贝标题",
    "user=买家会员名 amount=总金额 time=订单创建时间 item=宝贝标题",
  ],
  [
    "Chinese events",
    "会员编号:i, 日期:d, 行为类型, 销售额:n",
    "user=会员编号 time=日期 event=行为类型 amount=销售额",
  ],
  [
    "German orders",
    "Kundennummer:i, Bestelldatum:d, Artikelnummer, Menge:i, Gesamtbetrag (EUR):n",
    "user=Kundennummer time=Bestelldatum item=Artikelnummer amount=Gesamtbetrag (EUR)",
  ],
  [
    "French orders",
    "id_client:i, date_commande:d, produit, quantite:i, montant_total:n",
    "user=id_client time=date_commande item=produit amount=montant_total",
  ],
  [
    "Spanish orders",
    "cliente_id:i, fecha:d, producto, importe:n",
    "user=cliente_id time=fecha item=producto amount=importe",
  ],
  [
    "Portuguese orders",
    "id_cliente:i, data_pedido:d, produto, valor_total:n",
    "user=id_cliente time=data_pedido item=produto amount=valor_total",
  ],
  [
    "Japanese orders",
    "顧客ID, 注文日:d, 商品コード, 金額:n",
    "user=顧客ID time=注文日 item=商品コード amount=金額",
  ],
  [
    "Korean orders",
    "고객ID, 주문일자:d, 상품코드, 금액:n",
    "user=고객ID time=주문일자 item=상품코드 amount=금액",
  ],
];

test.each(exports)("%s", (_, header, roles) => {
  expect(guessed(header)).toBe(roles);
});

test.each([
  ["a date that is text, and an amount that is text", "date, amount"],
  ["a time that is a number of seconds, and a day that is counted", "time:n, day:i"],
  ["a date of birth, of expiry or of delivery", "birth_date:d, expires_at:d, estimated_delivery_date:d"],
  ["what was given back or taken off", "discount_amount:n, refund_total:n, tax_total:n, shipping_price:n"],
  ["a coordinate", "x:n, y:n"],
  ["a type where nothing happens at a time", "id:i, type, name"],
  ["names that say nothing", "a:n, b:i, c, d:d"],
])("%s has no role", (_, header) => {
  expect(guessed(header)).toBe("");
});

test("of two columns that fit as well, the first has the role", () => {
  expect(guessed("user_id:i, customer_id:i, created_at:d, order_date:d")).toBe(
    "user=user_id time=created_at",
  );
});
