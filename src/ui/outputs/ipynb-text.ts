import type { NotebookDocument } from "../../notebook/document.ts";
import type { Language } from "../../text/text.ts";

/** The document as the text of an .ipynb file, its views also as pictures. */
export async function ipynbText(document: NotebookDocument, language: Language): Promise<string> {
  const [{ writeIpynb }, { pictured }] = await Promise.all([
    import("../../notebook/formats/ipynb.ts"),
    import("./pictured.ts"),
  ]);
  return writeIpynb(pictured(document, language));
}
