import { toast } from "svelte-sonner";
import type { Page } from "../../state/page.svelte.ts";
import { lessonFile, type Lesson } from "../../text/lessons.ts";
import { shellText } from "../../text/shell.ts";
import { fill } from "../../text/text.ts";
import { leave } from "./leave.ts";

/** Opens a lesson anew, in the page's language. It runs nothing. */
export function openLesson(page: Page, lesson: Lesson): Promise<void> {
  page.layout.sheet = false;
  return leave(page, () => openAnew(page, lesson));
}

async function openAnew(page: Page, lesson: Lesson): Promise<void> {
  const { language } = page.settings;
  const file = lessonFile(lesson, language);
  const response = await fetch(new URL(`notebooks/${file}`, document.baseURI)).catch(() => null);
  if (response?.ok) await page.openText(await response.text(), file);
  else if (page.open) toast.error(fill(shellText[language].lessonMissing, { title: lesson.title[language] }));
  else await page.create();
}
