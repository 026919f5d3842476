import { Marked } from "marked";
import { sanitise } from "./sanitise.ts";

const plain = new Marked({ gfm: true });
let withMaths: Promise<Marked> | null = null;

/** Markdown, with TeX between dollar signs, as HTML that is safe to show. */
export async function renderProse(source: string): Promise<string> {
  const marked = source.includes("$") ? await (withMaths ??= loadMaths()) : plain;
  return sanitise(marked.parse(source, { async: false }));
}

async function loadMaths(): Promise<Marked> {
  const [{ default: katex }] = await Promise.all([
    import("marked-katex-extension"),
    import("katex/dist/katex.min.css"),
  ]);
  return new Marked(
    { gfm: true },
    katex({ throwOnError: false, nonStandard: true, output: "htmlAndMathml" }),
  );
}
