import type { NotebookData } from "../protocol/data.ts";
import { droppedKey, streamKey, type Output } from "../protocol/output.ts";

/** The data worker as one run asks it. */
export interface WatchedData {
  readonly data: NotebookData;
  /** What to say of the imported tables that the run's SQL dropped; null where it dropped none. */
  readonly notice: () => Promise<Output | null>;
}

/** The data worker, and whether what it was asked dropped imported tables: they come back, which nobody would expect. */
export function watchDrops(data: NotebookData): WatchedData {
  let asked = false;
  return {
    data: {
      ...data,
      query(sql, parameters) {
        asked = true;
        return data.query(sql, parameters);
      },
      open(sql, parameters) {
        asked = true;
        return data.open(sql, parameters);
      },
    },
    async notice() {
      const names = asked ? await data.dropped() : [];
      return names.length ? noticeOf(names) : null;
    },
  };
}

function noticeOf(names: readonly string[]): Output {
  const text = `dropped in this tab alone: ${names.join(", ")}. Imported tables are back after a reload; delete them in the data panel to be rid of them\n`;
  return {
    id: "dropped-tables",
    data: { "text/plain": text },
    metadata: { [streamKey]: "stderr", [droppedKey]: names },
    buffers: [],
  };
}
