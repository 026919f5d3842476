import { toast } from "svelte-sonner";
import type { Page } from "../../state/page.svelte.ts";
import { dataText } from "../../text/data.ts";
import { panelText } from "../../text/panel.ts";
import { fill } from "../../text/text.ts";

/** Why the truth can neither come nor go now; null where it can. */
export function truthStaysWords({ tables, settings: { language } }: Page): string | null {
  const names = tables.onlyHere.map(({ name }) => name);
  if (!names.length) return null;
  return fill(panelText[language].truthStays, { tables: names.join(dataText[language].listComma) });
}

/** Says why the truth can neither come nor go now. */
export function tellTruthStays(page: Page): void {
  const words = truthStaysWords(page);
  if (words !== null) toast.error(words);
}

/** Has the planted truth of sample data in the open notebook or not; gives whether that could be changed. */
export async function chooseTruth(page: Page, held: boolean): Promise<boolean> {
  const isChanged = await page.setTruth(held);
  if (!isChanged) tellTruthStays(page);
  return isChanged;
}
