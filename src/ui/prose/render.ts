import { Marked } from "marked";
import { joinLines } from "./join-lines.ts";
import { sanitise } from "./sanitise.ts";

const plain = new Marked({ gfm: true });
let withMaths: Promise<Marked> | null = null;

/** Whether the text may hold TeX between dollar signs, whose renderer is loaded when first asked for. */
export function hasMaths(source: string): boolean {
  return source.includes("$");
}

/** Markdown as HTML that is safe to show; TeX stands as it was written. */
export function renderProse(source: string): string {
  return joinLines(sanitise(plain.parse(source, { async: false })));
}

/** Markdown with TeX as HTML that is safe to show. */
export async function renderMaths(source: string): Promise<string> {
  const marked = await (withMaths ??= loadMaths());
  return joinLines(sanitise(marked.parse(source, { async: false })));
}

async function loadMaths(): Promise<Marked> {
  const [{ maths }] = await Promise.all([import("./maths.ts"), import("katex/dist/katex.min.css")]);
  return new Marked({ gfm: true }, maths);
}
