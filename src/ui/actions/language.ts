import { toast } from "svelte-sonner";
import type { Page } from "../../state/page.svelte.ts";
import { shellText } from "../../text/shell.ts";
import type { Language } from "../../text/text.ts";
import { openLesson } from "./lesson.ts";

/** Shows the page in a language; where the lesson of another one is open, offers it in this one. */
export function chooseLanguage(page: Page, language: Language): void {
  const before = page.settings.language;
  page.settings.setLanguage(language);
  const isLesson = page.open?.notebook.document.title === shellText[before].lesson;
  if (language !== before && isLesson)
    toast(shellText[language].lessonToo, {
      action: { label: shellText[language].openIt, onClick: () => void openLesson(page) },
    });
}
