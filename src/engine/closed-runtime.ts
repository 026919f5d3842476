import type { DuckDBRuntime } from "@duckdb/duckdb-wasm/blocking";

const nothing = (): void => undefined;
const no = (): boolean => false;
const none = (): number => 0;

/** What DuckDB may ask of the machine: nothing. It has no files and no network, whatever its SQL says. */
export const closedRuntime: DuckDBRuntime = {
  _udfFunctions: new Map(),
  testPlatformFeature: no,
  getDefaultDataProtocol: none,
  openFile: refuse,
  syncFile: nothing,
  closeFile: nothing,
  dropFile: nothing,
  getLastFileModificationTime: none,
  truncateFile: refuse,
  readFile: refuse,
  writeFile: refuse,
  removeDirectory: refuse,
  checkDirectory: no,
  createDirectory: refuse,
  listDirectoryEntries: no,
  glob: nothing,
  moveFile: refuse,
  checkFile: no,
  removeFile: refuse,
  progressUpdate: nothing,
  callScalarUDF: refuse,
};

function refuse(): never {
  throw new Error("DuckDB has no files here");
}
