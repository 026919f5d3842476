import type { Page } from "../../state/page.svelte.ts";

/** Opens the notebook of a first visit anew, in the page's language. */
export async function openLesson(page: Page): Promise<void> {
  const file = page.settings.language === "zh-CN" ? "first-light.zh.md" : "first-light.md";
  const response = await fetch(new URL(`notebooks/${file}`, document.baseURI)).catch(() => null);
  if (response?.ok) await page.openText(await response.text(), file);
  else await page.create();
}
