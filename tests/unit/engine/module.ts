import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

let module: Promise<WebAssembly.Module> | null = null;

/** DuckDB's module, compiled once for all tests of a file. */
export function duckdbModule(): Promise<WebAssembly.Module> {
  const path = createRequire(import.meta.url).resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm");
  module ??= readFile(path).then((bytes) => WebAssembly.compile(bytes));
  return module;
}
