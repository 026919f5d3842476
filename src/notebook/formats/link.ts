import type { Random } from "../../core/random.ts";
import type { NotebookDocument } from "../document.ts";
import { deflated, inflated } from "./deflate.ts";
import { readIpynb, writeIpynb } from "./ipynb.ts";
import { UnreadableNotebook } from "./unreadable.ts";

/** The longest fragment a link carries; browsers and chat programs cut longer ones. */
const mostLink = 1_000_000;
/** The largest text a link may unfold to, so that no link fills the memory. */
const mostText = 64_000_000;

const key = "notebook=";

/** A whole notebook as the fragment of a link, without `#`; saved outputs are left out where they make it too long. */
export async function toFragment(document: NotebookDocument): Promise<string> {
  const whole = await deflated(writeIpynb(document));
  if (whole.length <= mostLink) return key + whole;
  const cells = document.cells.map((cell) => ({ ...cell, outputs: [], lastRun: null }));
  return key + (await deflated(writeIpynb({ ...document, cells })));
}

/** The notebook in the fragment of a link, with or without `#`; null where the fragment carries none. */
export async function fromFragment(fragment: string, random: Random): Promise<NotebookDocument | null> {
  const carried = fragment.replace(/^#/, "");
  if (!carried.startsWith(key)) return null;
  const text = await inflated(carried.slice(key.length), mostText);
  if (text === null) throw new UnreadableNotebook("link", { why: "broken-link" });
  return readIpynb(text, "link", random);
}
