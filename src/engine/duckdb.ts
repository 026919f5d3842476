import { createDuckDB, VoidLogger, type DuckDBBindings } from "@duckdb/duckdb-wasm/blocking";
import { closedRuntime } from "./closed-runtime.ts";

/** The part of DuckDB's bindings that is replaced, so that one compiled module serves every instance. */
interface Instantiable {
  instantiateWasm(
    imports: WebAssembly.Imports,
    success: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object;
}

const lockdown = [
  "SET autoinstall_known_extensions = false",
  "SET autoload_known_extensions = false",
  "SET enable_external_access = false",
  "SET lock_configuration = true",
];

/** A DuckDB of its own memory. It is closed to files, network, extensions and changes of its settings before any SQL runs. */
export async function startDuckDB(module: WebAssembly.Module): Promise<DuckDBBindings> {
  const bundle = { mainModule: "duckdb.wasm", mainWorker: "" };
  const duckdb = await createDuckDB({ mvp: bundle, eh: bundle }, new VoidLogger(), closedRuntime);
  const world = globalThis as { DUCKDB_RUNTIME?: unknown; DUCKDB_BINDINGS?: unknown };
  (duckdb as unknown as Instantiable).instantiateWasm = (imports, success) => {
    world.DUCKDB_RUNTIME = closedRuntime;
    void WebAssembly.instantiate(module, imports).then((instance) => success(instance, module));
    return [];
  };
  await duckdb.instantiate(() => undefined);
  // Else the last instance would be kept alive after its notebook is closed.
  delete world.DUCKDB_BINDINGS;
  // Else 64-bit integers would leave as doubles, those beyond 2^53 rounded without a word.
  duckdb.open({ path: ":memory:", query: { castBigIntToDouble: false } });
  const connection = duckdb.connect();
  for (const statement of lockdown) connection.query(statement);
  connection.close();
  return duckdb;
}
