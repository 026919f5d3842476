import type { ImportFile } from "../../protocol/import.ts";
import { isSeen, withPath } from "./files.ts";

/** The files that were dropped, those in folders and in folders within them too. Call it while the drop is handled: what was dropped is gone after. */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly ImportFile[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  const files = [...transfer.files].map(withPath);
  // A file that was made by a script has no entry.
  if (entries.some((entry) => entry === null)) return files;
  const found = await Promise.all(entries.map((entry) => filesOf(entry!)));
  return found.flat();
}

async function filesOf(entry: FileSystemEntry): Promise<readonly ImportFile[]> {
  const path = entry.fullPath.replace(/^\//, "");
  if (!isSeen({ path })) return [];
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [{ file, path }];
  }
  const found = await Promise.all((await entriesOf(entry as FileSystemDirectoryEntry)).map(filesOf));
  return found.flat();
}

/** All entries of a folder; the browser gives at most 100 at a time. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all.sort((a, b) => (a.name < b.name ? -1 : 1));
    all.push(...some);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
