import { createContext } from "svelte";
import type { Page } from "../state/page.svelte.ts";

/** The page's state, lent by `App` to every component below it. */
export const [getPage, setPage] = createContext<Page>();
