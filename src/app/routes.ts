import type { Page } from "../state/page.svelte.ts";
import { firstLesson } from "../text/lessons.ts";
import { openLesson } from "../ui/actions/lesson.ts";

const stored = /^#open=([\w-]+)$/;

/** Writes into the address which notebook is open, so that a reload opens it again. */
export function rememberOpen(id: string): void {
  history.replaceState(null, "", `#open=${id}`);
}

/** Writes into the address that measurements are shown, with what they carry. */
export function rememberSpeed(fragment: string): void {
  history.replaceState(null, "", `#${fragment}`);
}

/** Opens what the address names: a stored notebook or a whole one in a link; else the latest; else the first notebook. Measurements are shown over one. */
export async function openFirst(page: Page): Promise<void> {
  const { hash } = location;
  await page.refresh();
  addEventListener("hashchange", () => void openHash(page, location.hash));
  if (!isSpeed(hash) && (await openHash(page, hash))) return;
  await openLatest(page);
  if (isSpeed(hash)) await openHash(page, hash);
}

async function openLatest(page: Page): Promise<void> {
  const latest = page.notebooks[0];
  if (latest && (await page.show(latest.id))) return;
  await openLesson(page, firstLesson);
}

async function openHash(page: Page, hash: string): Promise<boolean> {
  if (isSpeed(hash)) {
    page.layout.showSpeed(hash.slice(1));
    return true;
  }
  const id = stored.exec(hash)?.[1];
  if (id === page.open?.notebook.document.id && id !== undefined) return true;
  if (id !== undefined) return page.show(id);
  return page.openLink(hash);
}

function isSpeed(hash: string): boolean {
  return hash === "#speed" || hash.startsWith("#speed=");
}
