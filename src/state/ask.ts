import type * as Comlink from "comlink";
import type { DataEngine } from "../protocol/data.ts";

/** Asks the data worker something about a notebook: the open one, unless `of` names another. */
export type Ask = <Answer>(
  question: (engine: Comlink.Remote<DataEngine>, notebook: string) => Promise<Answer>,
  of?: string,
) => Promise<Answer>;
