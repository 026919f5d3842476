import type * as Setup from "./monaco.ts";

/** The editor and what the page sets up around it. */
export type MonacoApi = typeof Setup;

let loading: Promise<MonacoApi> | null = null;
let loaded: MonacoApi | null = null;

/** Loads the editor on first need; it is far too large to load before. */
export async function loadMonaco(): Promise<MonacoApi> {
  loading ??= import("./monaco.ts").catch((error: unknown) => {
    loading = null;
    throw error;
  });
  loaded = await loading;
  return loaded;
}

/** The editor where it is loaded already. */
export function monacoIfLoaded(): MonacoApi | null {
  return loaded;
}
