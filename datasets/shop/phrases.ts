/** A sentence in both languages. */
export interface Phrase {
  readonly en: string;
  readonly zh: string;
}

/** How a review begins and goes on, by planted sentiment: −1, 0 and 1. Every pair makes a text. */
export const reviewPhrases: readonly {
  readonly opening: readonly Phrase[];
  readonly rest: readonly Phrase[];
}[] = [
  {
    opening: [
      { en: "Very disappointed.", zh: "非常失望。" },
      { en: "Not what I expected.", zh: "和想象的不一样。" },
      { en: "I regret buying this.", zh: "后悔买了。" },
      { en: "Poor quality.", zh: "质量很差。" },
    ],
    rest: [
      { en: "It broke after a week.", zh: "用了一周就坏了。" },
      { en: "The colour is nothing like the picture.", zh: "颜色和图片完全不符。" },
      { en: "It arrived late and scratched.", zh: "送得晚，还有划痕。" },
      { en: "I asked for my money back.", zh: "已经申请退款。" },
      { en: "Too expensive for what it is.", zh: "根本不值这个价。" },
    ],
  },
  {
    opening: [
      { en: "It is all right.", zh: "还可以。" },
      { en: "Does the job.", zh: "能用。" },
      { en: "Average.", zh: "一般般。" },
      { en: "Neither good nor bad.", zh: "不好不坏。" },
    ],
    rest: [
      { en: "Delivery took a few days.", zh: "几天后送到。" },
      { en: "The size is as described.", zh: "尺寸和描述一致。" },
      { en: "I may look at others next time.", zh: "下次可能看看别家。" },
      { en: "For the price one cannot complain.", zh: "这个价位也没什么好说的。" },
      { en: "I use it now and then.", zh: "偶尔用用。" },
    ],
  },
  {
    opening: [
      { en: "Love it.", zh: "太喜欢了。" },
      { en: "Excellent.", zh: "非常好。" },
      { en: "Better than I hoped.", zh: "比预期还好。" },
      { en: "Great value.", zh: "物超所值。" },
    ],
    rest: [
      { en: "I use it every day.", zh: "每天都在用。" },
      { en: "It looks even better in real life.", zh: "实物比图片更好看。" },
      { en: "It came the next day.", zh: "第二天就到了。" },
      { en: "I bought a second one as a gift.", zh: "又买了一个送人。" },
      { en: "The quality is outstanding.", zh: "做工没得挑。" },
    ],
  },
];

/** What people ask support, by intent. */
export const ticketPhrases: readonly {
  readonly intent: string;
  readonly weight: number;
  readonly texts: readonly Phrase[];
}[] = [
  {
    intent: "delivery",
    weight: 34,
    texts: [
      { en: "Where is my order? It should have been here by now.", zh: "我的订单到哪了？早该到了。" },
      { en: "The tracking page has not moved for three days.", zh: "物流信息三天没更新了。" },
      { en: "Can you deliver to another address?", zh: "可以改送到别的地址吗？" },
      { en: "It says delivered, but nothing has come.", zh: "显示已签收，可我没收到。" },
    ],
  },
  {
    intent: "return",
    weight: 22,
    texts: [
      { en: "I would like to send this back.", zh: "我想退货。" },
      { en: "How do I return an item that does not fit?", zh: "尺码不合适怎么退？" },
      { en: "When will I get my refund?", zh: "退款什么时候到账？" },
    ],
  },
  {
    intent: "payment",
    weight: 14,
    texts: [
      { en: "I was charged twice for one order.", zh: "一笔订单扣了两次款。" },
      { en: "My card was declined; what can I do?", zh: "银行卡被拒，怎么办？" },
      { en: "Please send me an invoice.", zh: "请给我开发票。" },
    ],
  },
  {
    intent: "product",
    weight: 16,
    texts: [
      { en: "Is this also available in blue?", zh: "这款有蓝色的吗？" },
      { en: "Which size should I take?", zh: "我该买哪个尺码？" },
      { en: "Does it come with a warranty?", zh: "有保修吗？" },
    ],
  },
  {
    intent: "complaint",
    weight: 9,
    texts: [
      { en: "This is the second faulty item in a row.", zh: "这已经是连续第二件次品了。" },
      { en: "Your support never answered my last message.", zh: "上次联系你们一直没人回复。" },
    ],
  },
  {
    intent: "account",
    weight: 5,
    texts: [
      { en: "I cannot log in any more.", zh: "我登录不了了。" },
      { en: "Please delete my account.", zh: "请注销我的账号。" },
    ],
  },
];
