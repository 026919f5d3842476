import type { Trouble } from "../../state/page.svelte.ts";
import type { shellText } from "../../text/shell.ts";
import { fill } from "../../text/text.ts";
import { unreadableWords } from "../parts/unreadable-words.ts";

/** What went wrong with a notebook as a whole, in words. */
export function troubleWords(trouble: Trouble, t: (typeof shellText)["en"]): string {
  switch (trouble.trouble) {
    case "storage":
      return fill(t.storageBroken, trouble);
    case "link":
      return fill(t.linkBroken, { message: unreadableWords(trouble.error, t) });
    case "damaged":
      return fill(t.damaged, trouble);
    case "not-found":
      return t.notFound;
    case "database-died":
      return t.databaseDied;
    default:
      return trouble satisfies never;
  }
}
