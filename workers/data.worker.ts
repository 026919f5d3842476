import wasmUrl from "@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url";
import { expose } from "comlink";
import { createDataEngine } from "../src/engine/engine.ts";
import { loadDuckDB } from "../src/engine/load-duckdb.ts";
import { openOpfs } from "../src/engine/store/opfs.ts";

expose(createDataEngine(() => loadDuckDB(wasmUrl), openOpfs));
