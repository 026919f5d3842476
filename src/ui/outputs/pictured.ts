import type { NotebookDocument } from "../../notebook/document.ts";
import type { Output } from "../../protocol/output.ts";
import { unpackSpec } from "../../specs/pack.ts";
import { viewOfMime } from "../../specs/spec.ts";
import type { Language } from "../../text/text.ts";
import { draw } from "../../views/registry.ts";
import { svgText } from "../../views/svg.ts";

const width = 720;

/** The document with a picture beside each view, for programs that do not know our views. */
export function pictured(document: NotebookDocument, language: Language): NotebookDocument {
  const cells = document.cells.map((cell) => ({
    ...cell,
    outputs: cell.outputs.map((output) => withPicture(output, language)),
  }));
  return { ...document, cells };
}

function withPicture(output: Output, language: Language): Output {
  const view = Object.entries(output.data).find(([type]) => viewOfMime(type));
  if (!view) return output;
  try {
    const svg = svgText(draw(unpackSpec(view[1], output.buffers), { width, language }), "light");
    return { ...output, data: { ...output.data, "image/svg+xml": svg } };
  } catch {
    // A damaged view is saved as it came; the page says what is wrong with it where it stands.
    return output;
  }
}
