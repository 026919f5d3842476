import { expect, test } from "vitest";
import { guessRoles, type GuessedColumn } from "../../../src/engine/roles/guess.ts";

/** `name:type`; text where no type is given. */
function columns(header: string): GuessedColumn[] {
  const types = {
    n: { type: "number", sqlType: "DOUBLE" },
    i: { type: "number", sqlType: "BIGINT" },
    t: { type: "date", sqlType: "TIMESTAMP" },
    b: { type: "boolean", sqlType: "BOOLEAN" },
    s: { type: "string", sqlType: "VARCHAR" },
  } as const;
  return header.split(", ").map((each) => {
    const [name, type = "s"] = each.split(":");
    return { name: name!, ...types[type as keyof typeof types] };
  });
}

/** The columns that were given a role, as `role=name`. */
function guessed(header: string): string {
  const list = columns(header);
  return guessRoles(list)
    .map((role, i) => (role ? `${role}=${list[i]!.name}` : ""))
    .filter(Boolean)
    .sort()
    .join(" ");
}

test.each([
  // Shopify, WooCommerce, Magento, Amazon, eBay, Etsy.
  [
    "Name, Email, Financial Status, Paid at:t, Total:n, Lineitem sku",
    "amount=Total event=Financial Status item=Lineitem sku time=Paid at user=Email",
  ],
  [
    "order_id:i, customer_id:i, date_created:t, total:n, status",
    "amount=total time=date_created user=customer_id",
  ],
  [
    "entity_id:i, customer_email, created_at:t, grand_total:n, sku",
    "amount=grand_total item=sku time=created_at user=customer_email",
  ],
  [
    "order-id, purchase-date:t, sku, item-price:n, buyer-email",
    "amount=item-price item=sku time=purchase-date user=buyer-email",
  ],
  [
    "Order Number:i, Buyer ID, Item ID:i, Order Date:t, Order Total:n",
    "amount=Order Total item=Item ID time=Order Date user=Buyer ID",
  ],
  // Stripe, PayPal, Segment, Amplitude, Mixpanel, GA4, Snowplow.
  ["id, Customer ID, Created (UTC):t, Amount:n, Status", "amount=Amount user=Customer ID"],
  [
    "anonymous_id, event, timestamp:t, product_id, revenue:n",
    "amount=revenue event=event item=product_id time=timestamp user=anonymous_id",
  ],
  ["user_id, event_type, event_time:t, amplitude_id:i", "event=event_type time=event_time user=user_id"],
  ["distinct_id, event, time:t, price:n", "amount=price event=event time=time user=distinct_id"],
  [
    "user_pseudo_id:s, event_name, event_timestamp:t, item_id, purchase_revenue:n",
    "amount=purchase_revenue event=event_name item=item_id time=event_timestamp user=user_pseudo_id",
  ],
  // Data science classics.
  ["CustomerID:i, Tenure:i, MonthlyCharges:n, Churn", "amount=MonthlyCharges target=Churn user=CustomerID"],
  ["RowNumber:i, CustomerId:i, Balance:n, Exited:i", "target=Exited user=CustomerId"],
  ["CLIENTNUM:i, Attrition", "target=Attrition"],
  ["userId:i, movieId:i, rating:n, timestamp:t", "item=movieId target=rating time=timestamp user=userId"],
  ["visitorid:i, event, itemid:i, timestamp:t", "event=event item=itemid time=timestamp user=visitorid"],
  ["Time:n, V1:n, Amount:n, Class:i", "amount=Amount"],
  [
    "transaction_id, user_id:i, is_fraud:b, transaction_date:t, amount:n",
    "amount=amount target=is_fraud time=transaction_date user=user_id",
  ],
  // Other languages.
  [
    "用户ID, 下单时间:t, 商品编号, 金额:n, 是否流失",
    "amount=金额 item=商品编号 target=是否流失 time=下单时间 user=用户ID",
  ],
  ["会员编号:i, 日期:t, 销售额:n", "amount=销售额 time=日期 user=会员编号"],
  ["Kunden-Nr:i, Datum:t, Umsatz:n, Artikel", "amount=Umsatz time=Datum user=Kunden-Nr"],
  ["cliente_id:i, fecha:t, importe:n", "amount=importe time=fecha user=cliente_id"],
  // Types have the last word, and one column has a role.
  ["date, amount, user_id:n", ""],
  ["user_id:i, customer_id:i, created_at:t, updated_at:t", "time=created_at user=user_id"],
  ["a:n, b:n, c", ""],
  ["price:n, total:n", "amount=total"],
])("%s", (header, roles) => {
  expect(guessed(header)).toBe(roles);
});
