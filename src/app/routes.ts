import type { Page } from "../state/page.svelte.ts";
import { firstLesson } from "../text/lessons.ts";
import { openLesson } from "../ui/actions/lesson.ts";

const stored = /^#open=([\w-]+)$/;

/** Writes into the address which notebook is open, so that a reload opens it again. */
export function rememberOpen(id: string): void {
  history.replaceState(null, "", `#open=${id}`);
}

/** Opens what the address names: a stored notebook or a whole one in a link; else the latest; else the first notebook. */
export async function openFirst(page: Page): Promise<void> {
  const { hash } = location;
  await page.refresh();
  addEventListener("hashchange", () => void openHash(page, location.hash));
  if (await openHash(page, hash)) return;
  const latest = page.notebooks[0];
  if (latest && (await page.show(latest.id))) return;
  await openLesson(page, firstLesson);
}

async function openHash(page: Page, hash: string): Promise<boolean> {
  const id = stored.exec(hash)?.[1];
  if (id === page.open?.notebook.document.id && id !== undefined) return true;
  if (id !== undefined) return page.show(id);
  return page.openLink(hash);
}
