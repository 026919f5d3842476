import { toast } from "svelte-sonner";
import type { Page } from "../../state/page.svelte.ts";
import { lessons } from "../../text/lessons.ts";
import { shellText } from "../../text/shell.ts";
import { fill, type Language } from "../../text/text.ts";
import { openLesson } from "./lesson.ts";

/** Shows the page in a language; where the lesson of another one is open, offers it in this one. */
export function chooseLanguage(page: Page, language: Language): void {
  const before = page.settings.language;
  page.settings.setLanguage(language);
  if (language === before) return;
  const open = page.open?.notebook.document.title;
  const lesson = lessons.find(({ title }) => title[before] === open);
  if (lesson)
    toast(fill(shellText[language].lessonToo, { title: lesson.title[language] }), {
      action: { label: shellText[language].openIt, onClick: () => void openLesson(page, lesson) },
    });
}
