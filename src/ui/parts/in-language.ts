import type { Bilingual } from "../../data/bilingual.ts";
import type { Language } from "../../text/text.ts";

/** What data says of itself, in the language of the page. */
export function inLanguage(text: Bilingual, language: Language): string {
  return language === "zh-CN" ? text.zh : text.en;
}
