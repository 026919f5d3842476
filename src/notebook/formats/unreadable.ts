/** Why a file could not be opened as a notebook. */
export type Unreadable =
  | { readonly why: "empty" }
  | { readonly why: "not-text" }
  | { readonly why: "not-json"; readonly line: number; readonly column: number }
  | { readonly why: "not-a-notebook" }
  | { readonly why: "old-format"; readonly version: number }
  | { readonly why: "new-format"; readonly version: number }
  | { readonly why: "broken-link" }
  | { readonly why: "unknown-format" };

/** A file that is no notebook: which one, and why. The message says it in English, `reason` for the page to translate. */
export class UnreadableNotebook extends Error {
  override readonly name = "UnreadableNotebook";

  constructor(
    readonly file: string,
    readonly reason: Unreadable,
  ) {
    super(`cannot open "${file}" as a notebook: ${inEnglish(reason)}`);
  }
}

function inEnglish(reason: Unreadable): string {
  switch (reason.why) {
    case "empty":
      return "the file is empty";
    case "not-text":
      return "expected text, got binary data";
    case "not-json":
      return `its JSON breaks off or breaks the rules at line ${reason.line}, column ${reason.column}`;
    case "not-a-notebook":
      return "it is JSON, but no Jupyter notebook: expected an object with a list of cells";
    case "old-format":
      return `expected nbformat 4, got ${reason.version}: save it anew with a current Jupyter`;
    case "new-format":
      return `expected nbformat 4, got ${reason.version}, which came later`;
    case "broken-link":
      return "the link is broken off or was changed on its way";
    case "unknown-format":
      return "expected a name that ends in .ipynb or .md";
    default:
      return reason satisfies never;
  }
}
