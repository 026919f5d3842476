import type { Cell } from "../document.ts";

/** A title for cells that came without one: their first heading, or the file's name without its ending. */
export function titleOf(cells: readonly Cell[], file: string): string {
  for (const { kind, source } of cells) {
    const heading = kind === "markdown" ? /^#{1,6} +(.+?) *#*$/m.exec(source)?.[1] : undefined;
    if (heading) return heading;
  }
  return file.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, "");
}
