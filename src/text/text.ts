/** The languages of the page. */
export type Language = "en" | "zh-CN";

/** Both languages of one area of the page. `{name}` in a text is filled in by `fill`. */
export type Bilingual<Texts> = { readonly [language in Language]: Texts };

/** Ties the two languages of an area together, so that a text missing in one does not compile. */
export function bilingual<const English extends { readonly [key: string]: string }>(
  en: English,
  zh: { readonly [key in keyof English]: string },
): Bilingual<{ readonly [key in keyof English]: string }> {
  return { en, "zh-CN": zh };
}

/** `text` with each `{name}` replaced by `values[name]`. */
export function fill(text: string, values: { readonly [name: string]: string | number }): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}
