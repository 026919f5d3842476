import { toast } from "svelte-sonner";
import { toSpeedFragment } from "../../notebook/formats/speed-link.ts";
import type { Page } from "../../state/page.svelte.ts";
import type { SpeedReport } from "../../specs/speed-report.ts";
import { speedText } from "../../text/speed.ts";
import { fill } from "../../text/text.ts";
import { speedCsv, speedMarkdown } from "../machine/speed-text.ts";
import { download } from "./files.ts";

/** Puts measurements on the clipboard as Markdown. */
export async function copySpeedMarkdown(page: Page, report: SpeedReport): Promise<void> {
  const { language } = page.settings;
  await copy(page, speedText[language].copied, async () => speedMarkdown(report, language));
}

/** Puts a link on the clipboard that shows the measurements elsewhere. */
export async function copySpeedLink(page: Page, report: SpeedReport): Promise<void> {
  await copy(page, speedText[page.settings.language].linkCopied, async () => {
    return new URL(`#${await toSpeedFragment(report)}`, location.href).href;
  });
}

/** Saves measurements as a CSV file. */
export function saveSpeedCsv(report: SpeedReport): void {
  download(speedCsv(report), "cohortbook-speed.csv", "text/csv");
}

/** Saves measurements as a JSON file. */
export function saveSpeedJson(report: SpeedReport): void {
  download(`${JSON.stringify(report, null, 2)}\n`, "cohortbook-speed.json", "application/json");
}

async function copy({ settings }: Page, done: string, text: () => Promise<string>): Promise<void> {
  try {
    await navigator.clipboard.writeText(await text());
    toast.success(done);
  } catch (error) {
    toast.error(fill(speedText[settings.language].copyFailed, { message: (error as Error).message }));
  }
}
