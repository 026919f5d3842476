import type { Products } from "./products.ts";
import { categories } from "./world.ts";

interface Word {
  readonly en: string;
  readonly zh: string;
}

const styles: readonly Word[] = [
  { en: "Classic", zh: "经典" },
  { en: "Light", zh: "轻便" },
  { en: "Compact", zh: "迷你" },
  { en: "Premium", zh: "高级" },
  { en: "Everyday", zh: "日常" },
  { en: "Limited", zh: "限量" },
  { en: "Vintage", zh: "复古" },
  { en: "Smart", zh: "智能" },
];

const nouns: Readonly<Record<(typeof categories)[number]["name"], readonly Word[]>> = {
  electronics: [
    { en: "headphones", zh: "耳机" },
    { en: "charger", zh: "充电器" },
    { en: "keyboard", zh: "键盘" },
    { en: "speaker", zh: "音箱" },
    { en: "webcam", zh: "摄像头" },
  ],
  fashion: [
    { en: "shirt", zh: "衬衫" },
    { en: "scarf", zh: "围巾" },
    { en: "jeans", zh: "牛仔裤" },
    { en: "belt", zh: "皮带" },
    { en: "cap", zh: "帽子" },
  ],
  home: [
    { en: "lamp", zh: "台灯" },
    { en: "cushion", zh: "靠垫" },
    { en: "vase", zh: "花瓶" },
    { en: "blanket", zh: "毛毯" },
    { en: "kettle", zh: "水壶" },
  ],
  beauty: [
    { en: "hand cream", zh: "护手霜" },
    { en: "lipstick", zh: "口红" },
    { en: "shampoo", zh: "洗发水" },
    { en: "perfume", zh: "香水" },
    { en: "face mask", zh: "面膜" },
  ],
  sports: [
    { en: "yoga mat", zh: "瑜伽垫" },
    { en: "running socks", zh: "跑步袜" },
    { en: "dumbbells", zh: "哑铃" },
    { en: "bottle", zh: "水杯" },
    { en: "backpack", zh: "背包" },
  ],
  books: [
    { en: "novel", zh: "小说" },
    { en: "cookbook", zh: "菜谱" },
    { en: "atlas", zh: "地图册" },
    { en: "biography", zh: "传记" },
    { en: "diary", zh: "日记本" },
  ],
};

const materials = ["cotton", "steel", "wood", "recycled", "ceramic", "leather"] as const;

/** A title for each product; no two of one category have the same one. */
export function productTitles({ category, rank }: Products, language: "en" | "zh"): string[] {
  return Array.from(rank, (k, i) => {
    const words = nouns[categories[category[i]!]!.name];
    const style = styles[Math.floor(k / words.length) % styles.length]!;
    const noun = words[k % words.length]!;
    const series = Math.floor(k / (words.length * styles.length)) + 1;
    const name = language === "en" ? `${style.en} ${noun.en}` : style.zh + noun.zh;
    return series === 1 ? name : `${name} ${series}`;
  });
}

/** Tags of each product, separated by `;`. */
export function productTags({ category, rank }: Products): string[] {
  return Array.from(rank, (k, i) => {
    const style = styles[Math.floor(k / 5) % styles.length]!.en.toLowerCase();
    return `${style};${materials[(k * 7 + category[i]!) % materials.length]!}`;
  });
}
