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

/** What stands between two sentences: nothing in Chinese, whose marks bring room of their own. */
export const gap: Bilingual<string> = { en: " ", "zh-CN": "" };

/** A text of Intl with a blank between figure and Chinese unit, as there is everywhere on the page. */
export function spaced(text: string): string {
  return text.replace(/(?<=\d)(?=\p{Script=Han})/gu, " ");
}

/** `text` with each `{name}` replaced by `values[name]`, and each `{name:row|rows}` by the first word where that value is 1, else by the second. */
export function fill(text: string, values: { readonly [name: string]: string | number }): string {
  return text.replace(
    /\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g,
    (whole, name: string, one?: string, many?: string) => {
      if (!Object.hasOwn(values, name)) return whole;
      const value = String(values[name]);
      return one === undefined ? value : value === "1" ? one : many!;
    },
  );
}
