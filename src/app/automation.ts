import type { Automation } from "../protocol/automation.ts";
import type { Page } from "../state/page.svelte.ts";
import { ipynbText } from "../ui/outputs/ipynb-text.ts";

declare global {
  interface Window {
    cohortbook: Automation;
  }
}

/** Puts `window.cohortbook` in place, and the input through which files come in. */
export function automate(page: Page, ready: Promise<void>): void {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  input.hidden = true;
  input.dataset.automation = "";
  document.body.append(input);

  window.cohortbook = {
    ready,
    open: (text, fileName) => page.openText(text, fileName),
    importFile: async (file, name) => (await page.tables.imports.read([{ file, path: file.name }], name))[0]!,
    device: async (force) => (await page.opened()).kernel.useDevice(force),
    speedCases: async () => (await page.opened()).kernel.speedCases(),
    measureSpeed: async (...asked) => (await page.opened()).kernel.measureSpeed(...asked),
    runAll: async () => (await page.opened()).runner.runAll(),
    toIpynb: async () => ipynbText((await page.opened()).notebook.document, page.settings.language),
  };
}
