import type { ColumnType } from "../../data/column.ts";
import type { Role } from "../../data/role.ts";

/** What is known of a column when its role is guessed. */
export interface GuessedColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly sqlType: string;
}

type Words = readonly (readonly [pattern: RegExp, score: number])[];

/** What names of columns say, the surest first. Names are in lower case, their words apart by `_`. */
const words: Readonly<Record<Role, Words>> = {
  user: [
    [
      /^(user|customer|client|visitor|member|subscriber|account|player|buyer|shopper|cust)_?(id|no|nr|number|key|code|ref|uuid|guid)$/,
      10,
    ],
    [
      /^(user_pseudo_id|anonymous_id|distinct_id|unique_id|uid|cid|userid|customerid|clientid|visitorid|memberid)$/,
      9,
    ],
    [/^(用户|顾客|客户|会员|买家)(_?(id|编号|号|标识))?$/, 10],
    [/^(kunden?|cliente?|utilisateur|usuario)_?(id|nr|nummer|numero)$/, 9],
    [/^(user|customer|client|visitor|member|subscriber|customer_email|email|buyer_email|user_email)$/, 7],
    [/(^|_)(user|customer|client|visitor|member|subscriber)_(id|key|number)$/, 6],
  ],
  time: [
    [
      /^(event|order|ordered|purchase|purchased|transaction|invoice|created|paid|placed|signup)_?(at|on|date|time|timestamp|datetime|ts)$/,
      10,
    ],
    [
      /^(timestamp|datetime|event_timestamp|date_created|created|occurred_at|received_at|sent_at|started_at)$/,
      9,
    ],
    [/^(日期|时间|下单时间|订单日期|创建时间|交易时间|支付时间)$/, 10],
    [/^(date|time|day|ts|datum|fecha|data|jour)$/, 8],
    [/(^|_)(at|date|time|timestamp|datetime|on)$/, 5],
    [/(日期|时间)$/, 5],
  ],
  event: [
    [/^(event|event_name|event_type|action|activity|event_action|status_change)$/, 10],
    [/^(事件|行为|动作|事件名称|行为类型)$/, 10],
    [/^(type|behavior|behaviour|behavior_type|order_status|financial_status)$/, 6],
  ],
  item: [
    [
      /^(item|product|sku|article|movie|song|track|book|listing|content|variant)_?(id|no|nr|number|code|key)$/,
      10,
    ],
    [/^(sku|asin|isbn|ean|upc|stockcode|stock_code|itemid|productid|movieid|lineitem_sku)$/, 10],
    [/^(商品|产品|物品|货号)(_?(id|编号|号))?$/, 10],
    [/^(item|product|article|movie|product_name|lineitem_name|item_name|product_title)$/, 6],
  ],
  amount: [
    [
      /^(amount|revenue|sales|total|total_amount|order_total|total_price|grand_total|order_amount|order_value|net_sales|value|purchase_revenue|dollar_value)$/,
      10,
    ],
    [/^(金额|总价|销售额|消费金额|订单金额|实付金额|收入)$/, 10],
    [
      /^(price|unit_price|unitprice|item_price|lineitem_price|spend|spent|cost|betrag|umsatz|montant|importe|subtotal|单价|价格|monthlycharges|monthly_charges)$/,
      7,
    ],
    [/(^|_)(amount|revenue|total|price|value|spend)$/, 4],
  ],
  target: [
    [
      /^(churn|churned|is_churn|has_churned|churn_label|exited|attrition|attrited|cancelled|canceled|converted|conversion|is_fraud|fraud|default|label|target|outcome|y)$/,
      10,
    ],
    [/^(流失|是否流失|转化|是否转化|标签|目标|是否欺诈)$/, 10],
    [/^(rating|score|stars|response|responded|subscribed|purchased|clicked|评分)$/, 6],
  ],
};

/** The role of each column of an unknown file, by its name and its type: one column a role, and none where no name says so. */
export function guessRoles(columns: readonly GuessedColumn[]): (Role | null)[] {
  const guessed: (Role | null)[] = columns.map(() => null);
  const scores = columns.flatMap((column, index) =>
    (Object.keys(words) as Role[]).map((role) => ({
      index,
      role,
      score: fits(role, column) ? scoreOf(role, column) : 0,
    })),
  );
  // The surest first; of equals the column that comes first.
  for (const { index, role, score } of scores.toSorted((a, b) => b.score - a.score || a.index - b.index))
    if (score > 0 && guessed[index] === null && !guessed.includes(role)) guessed[index] = role;
  return guessed;
}

function scoreOf(role: Role, { name }: GuessedColumn): number {
  const plain = snakeCase(name);
  return words[role].find(([pattern]) => pattern.test(plain))?.[1] ?? 0;
}

/** Whether a column of that type can have that role at all. */
function fits(role: Role, { type, sqlType }: GuessedColumn): boolean {
  switch (role) {
    case "time":
      return type === "date";
    case "amount":
      return type === "number";
    case "user":
    case "item":
      return type === "string" || (type === "number" && sqlType !== "DOUBLE");
    case "event":
      return type === "string";
    case "target":
      return type === "boolean" || type === "number" || type === "string";
    default:
      return role satisfies never;
  }
}

/** A name with its words apart: `CustomerID`, `customer id` and `Customer-Id` are `customer_id`. */
function snakeCase(name: string): string {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1_$2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "");
}
