const words = {
  person: `user customer client visitor member subscriber account player buyer shopper household reviewer person cust
    kunde kunden cliente utilisateur usuario usuário`,
  用户: "用户 顾客 客户 会员 买家 顧客 会員 고객 회원",
  product: "item product article movie film song track book listing variant video",
  thing: "item product article movie film song track book listing variant video content course",
  商品: "商品 产品 物品 宝贝 电影",
  id: "id no nr num nummer number numero número key code ref uuid guid",
  编号: "编号 编码 代码 号 卡号 标识 番号 コード 번호",
  happened: "event order ordered occurred purchase purchased transaction invoice created create sale visit",
  done: "paid placed received sent started signup signed_up registered posted viewed payment",
  when: "at on date time timestamp datetime ts dt",
  下单: "下单 订单 订单创建 创建 交易 消费 购买 注册 事件 发生",
  日期: "日期 时间",
  事件: "事件 行为 动作 操作",
  outcome: "churn churned exited attrition attrited converted fraud won",
} as const;

/**
 * What matches any of the patterns, which blanks keep apart: names in lower case with `_` between their words. `{person}` is any word
 * for a person and so on; `*_` is nothing or what ends in `_`, and any other `*` is anything.
 */
export function namePattern(patterns: string): RegExp {
  const source = patterns
    .trim()
    .replace(/\{(.+?)\}/g, (_, word: keyof typeof words) => `(${alternatives(words[word])})`)
    .replaceAll("*_", "(.*_)?")
    .replace(/(?<!\.)\*/g, ".*");
  return RegExp(`^(${alternatives(source)})$`);
}

function alternatives(patterns: string): string {
  return patterns.split(/\s+/).join("|");
}
