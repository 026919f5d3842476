import { toast } from "svelte-sonner";
import type { Left } from "../../state/left.ts";
import type { Page } from "../../state/page.svelte.ts";
import { shellText } from "../../text/shell.ts";
import { fill, gap } from "../../text/text.ts";

/** How long a question stays, in ms. */
const patience = 15_000;

/** Goes to another notebook; while a cell of the open one runs, asks first. */
export async function leave(page: Page, go: () => Promise<unknown>): Promise<void> {
  const { open, settings } = page;
  if (!open?.runner.running) {
    await go();
    return;
  }
  const t = shellText[settings.language];
  toast(fill(t.leaveRunning, { title: open.notebook.document.title || t.untitled }), {
    id: "leave",
    duration: patience,
    action: { label: t.leaveAnyway, onClick: () => void go() },
  });
}

/** Says what went with the kernel of a notebook that was left, and offers to go back. */
export function tellLeft(page: Page, { id, title, variables, running }: Left): void {
  const { language } = page.settings;
  const t = shellText[language];
  const words = [
    ...(running ? [t.leftRunning] : []),
    ...(variables > 0 ? [fill(t.leftVariables, { count: variables })] : []),
  ];
  if (words.length === 0) return;
  toast([fill(t.left, { title: title || t.untitled }), ...words].join(gap[language]), {
    action: { label: t.goBack, onClick: () => void leave(page, () => page.show(id)) },
  });
}
