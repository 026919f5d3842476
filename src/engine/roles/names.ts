import type { Role } from "../../data/role.ts";
import { namePattern } from "./name-pattern.ts";

/** What names of columns say of one role. */
interface RoleNames {
  /** Names that say it, and how surely: 10 is the surest but for one that leaves no doubt. */
  readonly clues: readonly (readonly [score: number, names: RegExp])[];
  /** Names that look like it and are something else. */
  readonly never: RegExp | null;
}

/** The names of columns by role: as they are in exports of Shopify, Stripe, Magento, Google Analytics and others, and in several languages. */
export const roleNames: Readonly<Record<Role, RoleNames>> = {
  user: {
    clues: clues({
      // Most sites that send it never set the user_id beside it.
      11: "user_pseudo_id",
      10: `
        {person}_{id} {person}{id} {person}_user_{id} id_{person} uid cid distinct_id unique_id clientnum
        {用户}id {用户}_id {用户}{编号}`,
      9: "anonymous_id amplitude_id customer_unique_id domain_userid",
      8: "{person} {用户} {用户}名 买家会员名",
      7: "{person}_email {person}_e_mail {person}_username {person}_login {person}_name",
      6: "email e_mail email_address from_email_address billing_email username user_name 邮箱 手机号",
      5: "*_{person}_{id}",
      4: "device_id cookie_id phone 手机",
    }),
    never: null,
  },
  time: {
    clues: clues({
      10: `
        {happened}_{when} {happened}{when} date_created created timestamp datetime date_time collector_tstamp
        {下单}{日期} bestelldatum kaufdatum rechnungsdatum auftragsdatum date_commande date_de_commande date_achat
        fecha_pedido fecha_compra data_pedido data_do_pedido data_compra 注文日 注文日時 購入日 주문일 주문일자 주문일시`,
      9: `
        date time day ts event_ts epoch unix_time unix_timestamp unix_review_time {日期} 日付 日時 날짜 일자
        datum fecha data jour`,
      8: "{done}_{when} {done}{when} 付款{日期} 支付{日期} 订单付款{日期}",
      6: "begin_{when} start_{when} close_{when} available_{when}",
      5: "*_{when} *_tstamp *_datum *_fecha *{日期} *日時",
    }),
    never: namePattern(`
      *birth* *dob *expir* *expected* *estimated* *due_* *until* *deadline* *valid_* *deleted* *canceled* *cancelled*
      *生日* *出生* *到期* *截止*`),
  },
  event: {
    clues: clues({
      10: `
        event event_name event_type event_action action action_type activity activity_type behavior behaviour
        behavior_type behaviour_type {事件} {事件}名称 {事件}类型`,
      5: "type transaction_type 类型",
    }),
    never: null,
  },
  item: {
    clues: clues({
      10: `
        {thing}_{id} {thing}{id} stock_code stockcode sku sku_id *_sku asin isbn ean upc
        {商品}id {商品}_id {商品}{编号} 商品コード 상품코드 상품번호
        artikelnummer artikelnr artikel_nr id_produit code_produit id_producto codigo_producto id_produto codigo_produto`,
      8: "{product} {商品} 货号 상품 artikel produkt produit producto produto articulo prodotto",
      7: "{product}_name {product}_title lineitem_name {商品}名 {商品}名称 {商品}标题",
      5: "*_{thing}_{id}",
    }),
    never: null,
  },
  amount: {
    clues: clues({
      10: `
        amount revenue sales total gross total_amount total_price total_revenue total_spent total_paid grand_total
        order_total order_amount net_sales gross_sales purchase_revenue amount_paid payment_value dollar_value
        sales_value sales_amount transaction_amount transaction_amt transaction_value total_trans_amt tr_total
        金额 总价 总金额 总额 销售额 消费金额 订单金额 实付金额 支付金额 成交金额 收入 金額 売上 금액 매출
        umsatz betrag gesamtbetrag summe montant montant_total importe importe_total valor_total monto importo`,
      9: "order_value order_net value net spend spent valor",
      6: "*_amount *_revenue *_total *_spend *_spent *_sales *金额 *销售额",
      5: `
        price *_price unitprice price_each *_charge *_charges fare cost proceeds *_proceeds
        单价 价格 售价 価格 가격 prix precio preco preço preis`,
    }),
    never: namePattern(`
      *discount* *tax* *shipping* *refund* *balance* *quantity* *qty* *count* *orders* *users* *items* *limit*
      *_rate *ratio* *percent* *average* *avg* fee *_fee *退款* *优惠* *运费* *折扣*`),
  },
  target: {
    clues: clues({
      10: `
        {outcome} is_{outcome} has_{outcome} {outcome}_flag {outcome}_label {outcome}_value
        流失 是否流失 流失标签 转化 是否转化 是否购买 是否欺诈 是否违约`,
      9: `
        conversion canceled cancelled is_canceled is_cancelled default default_payment_next_month outcome response
        responded reordered subscribed purchased clicked survived`,
      8: "label target y 标签 目标",
      7: "rating score stars review_score class 评分",
    }),
    never: null,
  },
};

function clues(names: Readonly<Record<number, string>>): RoleNames["clues"] {
  return Object.entries(names).map(([score, text]) => [Number(score), namePattern(text)]);
}
