import { expect, type Locator, type Page } from "@playwright/test";
import { cellsText } from "../../src/text/cells.ts";
import { panelText } from "../../src/text/panel.ts";
import { shellText } from "../../src/text/shell.ts";
import { fill, type Language } from "../../src/text/text.ts";
import type { CellFailure } from "../../src/protocol/automation.ts";
import type { ImportResult } from "../../src/protocol/import.ts";

/** The Markdown of a notebook of code cells only. */
export function codeCells(...sources: readonly string[]): string {
  return sources.map((source) => `\`\`\`ts\n${source}\n\`\`\`\n`).join("\n");
}

/** The notebook page as a person finds things on it: by role and by words. */
export class Book {
  constructor(
    readonly page: Page,
    readonly language: Language = "en",
  ) {}

  /** Opens the page and waits until it can take a notebook. */
  async visit(url: string): Promise<void> {
    await this.page.goto(url);
    await this.ready();
  }

  async ready(): Promise<void> {
    await this.page.waitForFunction(() => "cohortbook" in window);
    await this.page.evaluate(() => window.cohortbook.ready);
  }

  /** Opens a notebook from text, as from a file. */
  async open(text: string, fileName = "test.md"): Promise<void> {
    await this.page.evaluate(([text, name]) => window.cohortbook.open(text!, name!), [text, fileName]);
  }

  /** Runs all cells to the end or to the first that fails. */
  async runAll(): Promise<CellFailure | null> {
    return this.page.evaluate(() => window.cohortbook.runAll());
  }

  /** Opens a notebook of these code cells, runs it, and gives what the last cell showed as plain text. */
  async run(...sources: readonly string[]): Promise<string> {
    await this.open(codeCells(...sources));
    const failure = await this.runAll();
    if (failure)
      throw new Error(`cell ${failure.cellNumber}: ${failure.name}: ${failure.message}\n${failure.stack}`);
    return (await this.texts()).at(-1) ?? "";
  }

  /** What each code cell showed, as plain text. */
  async texts(): Promise<string[]> {
    const { cells } = JSON.parse(
      await this.page.evaluate(() => window.cohortbook.toIpynb()),
    ) as SavedNotebook;
    return cells
      .filter((cell) => cell.cell_type === "code")
      .map((cell) =>
        (cell.outputs ?? []).map((output) => plain(output.data?.["text/plain"] ?? output.text)).join("\n"),
      );
  }

  /** The source of a cell, as it would be saved. */
  async source(number: number): Promise<string> {
    const { cells } = JSON.parse(
      await this.page.evaluate(() => window.cohortbook.toIpynb()),
    ) as SavedNotebook;
    return plain(cells[number - 1]!.source);
  }

  /** Imports a file as a table through the page. */
  async importFile(name: string, file: { name: string; buffer: Buffer } | string): Promise<ImportResult> {
    const input = this.page.locator("input[data-automation]");
    await input.setInputFiles(typeof file === "string" ? file : { ...file, mimeType: "text/csv" });
    return input.evaluate(
      (input, name) => window.cohortbook.importFile((input as HTMLInputElement).files![0]!, name),
      name,
    );
  }

  /** The data panel. */
  get panel(): Locator {
    return this.page.getByRole("dialog", { name: panelText[this.language].title, exact: true });
  }

  /** Opens the data panel on a table, from the side bar. */
  async showTable(name: string): Promise<Locator> {
    await this.page.getByRole("button", { name: new RegExp(`^${name} `) }).click();
    await expect(this.panel.getByLabel(panelText[this.language].nameLabel)).toHaveValue(name);
    return this.panel;
  }

  /** Has a command done by its title, from the list of all commands. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press("Control+k");
    await this.page.keyboard.type(title);
    await expect(this.page.getByRole("option", { name: title })).toHaveAttribute("aria-selected", "true");
    await this.page.keyboard.press("Enter");
  }

  /** Drops files on the page, as from the desktop. */
  async drop(...files: readonly { readonly name: string; readonly buffer: Buffer }[]): Promise<void> {
    const contents = files.map(({ name, buffer }) => [name, buffer.toString("base64")] as const);
    const transfer = await this.page.evaluateHandle((contents) => {
      const transfer = new DataTransfer();
      for (const [name, base64] of contents) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
      }
      return transfer;
    }, contents);
    for (const event of ["dragenter", "dragover", "drop"])
      await this.page.dispatchEvent("body", event, { dataTransfer: transfer });
  }

  codeCell(number: number): Locator {
    return this.page.getByLabel(fill(cellsText[this.language].codeCell, { number }), { exact: true });
  }

  outputs(number: number): Locator {
    return this.page.getByLabel(fill(cellsText[this.language].outputs, { number }), { exact: true });
  }

  button(text: keyof (typeof shellText)["en"], within: Page | Locator = this.page): Locator {
    return within.getByRole("button", { name: shellText[this.language][text], exact: true });
  }

  get statusBar(): Locator {
    return this.page.getByRole("contentinfo", { name: shellText[this.language].statusBar });
  }

  async expectIdle(): Promise<void> {
    await expect(this.statusBar).toContainText(shellText[this.language].kernelIdle);
  }
}

interface SavedNotebook {
  readonly cells: readonly {
    readonly cell_type: string;
    readonly source: unknown;
    readonly outputs?: readonly {
      readonly data?: Readonly<Record<string, unknown>>;
      readonly text?: unknown;
    }[];
  }[];
}

function plain(text: unknown): string {
  if (Array.isArray(text)) return text.join("");
  return typeof text === "string" ? text : "";
}
