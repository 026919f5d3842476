import type { Language } from "./text.ts";

/** A notebook that comes with the app: its text lies in `notebooks/<id>.md`, and in Chinese in `notebooks/<id>.zh.md`. */
export interface Lesson {
  readonly id: string;
  /** The title of the notebook itself, in each language. */
  readonly title: { readonly [language in Language]: string };
}

/** The notebook of a first visit. */
export const firstLesson: Lesson = { id: "first-light", title: { en: "First light", "zh-CN": "初探流失" } };

/** Every lesson, in the order in which they build on each other. */
export const lessons: readonly Lesson[] = [
  firstLesson,
  { id: "churn", title: { en: "Leaving in silence", "zh-CN": "悄然流失" } },
  { id: "recommendation", title: { en: "What to show next", "zh-CN": "下一件推荐什么" } },
  { id: "clustering", title: { en: "Groups of customers", "zh-CN": "顾客分群" } },
];

/** The file of a lesson in that language. */
export function lessonFile({ id }: Lesson, language: Language): string {
  return language === "zh-CN" ? `${id}.zh.md` : `${id}.md`;
}
