import { Column, tableFromColumns, tableFromIPC, tableToIPC } from "@uwdata/flechette";

/** Arrow IPC streams of one schema as one file in the Arrow IPC file format (Feather 2): each keeps its batches. */
export function arrowFile(streams: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const tables = streams.map((bytes) => tableFromIPC(bytes));
  const [first] = tables;
  if (!first) throw new RangeError("arrowFile: expected at least one stream, got none");
  const columns = first.names.map((name, i): [string, Column<unknown>] => {
    const parts = tables.map((table) => table.getChildAt(i));
    return [
      name,
      new Column(
        parts.flatMap((part) => part.data),
        parts[0]!.type,
      ),
    ];
  });
  return tableToIPC(tableFromColumns(columns), { format: "file" }) as Uint8Array<ArrayBuffer>;
}
