import { closeNetwork } from "./close-network.ts";

/** DuckDB's module, fetched and compiled from `url`. It is the last thing this worker fetches: the network closes behind it. */
export async function loadDuckDB(url: string): Promise<WebAssembly.Module> {
  const module = await WebAssembly.compileStreaming(fetch(url));
  closeNetwork();
  return module;
}
