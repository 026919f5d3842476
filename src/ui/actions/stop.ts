import { toast } from "svelte-sonner";
import type { Page } from "../../state/page.svelte.ts";
import { shellText } from "../../text/shell.ts";

/** Stops the run; where that took a new kernel, says that the variables are gone. */
export async function stopRun({ open, settings }: Page): Promise<void> {
  if (!open) return;
  const before = open.kernel.generation;
  await open.runner.stop();
  if (open.kernel.generation !== before) toast(shellText[settings.language].stoppedByRestart);
}
