import type { StorageState } from "../../protocol/table-info.ts";
import type { Disk, FileReader, FileWriter, Folder } from "./folder.ts";

/** How long to wait for another worker to let go of a folder, in ms. */
const patience = 10_000;

/** Chromium writes so much at once about five times as fast as more, for which it takes new memory each time. */
const writeBytes = 1024 * 1024;

/** The disk that the browser gives the page, its origin private file system; null where it gives none. */
export async function openOpfs(): Promise<Disk | null> {
  try {
    if (!("createSyncAccessHandle" in FileSystemFileHandle.prototype)) return null;
    const root = await navigator.storage.getDirectory();
    return new OpfsDisk(await root.getDirectoryHandle("cohortbook", { create: true }));
  } catch {
    // Pages that are not served securely have none, nor have private windows of some browsers.
    return null;
  }
}

class OpfsDisk implements Disk {
  constructor(private readonly root: FileSystemDirectoryHandle) {}

  async open(notebook: string, access: "read" | "write"): Promise<Folder> {
    const unlock = access === "write" ? await lock(notebook) : () => undefined;
    return new OpfsFolder(await this.root.getDirectoryHandle(notebook, { create: true }), unlock);
  }

  async remove(notebook: string): Promise<void> {
    const unlock = await lock(notebook);
    try {
      await removeIfThere(this.root, notebook);
    } finally {
      unlock();
    }
  }

  async keepOnly(notebooks: readonly string[]): Promise<void> {
    const kept = new Set(notebooks);
    for await (const name of this.root.keys())
      if (!kept.has(name))
        await navigator.locks.request(lockName(name), { ifAvailable: true }, async (lock) => {
          if (lock) await removeIfThere(this.root, name);
        });
  }

  async state(): Promise<StorageState> {
    const { usage, quota } = await navigator.storage.estimate();
    const persistent = await navigator.storage.persisted();
    return { place: "disk", used: usage ?? null, quota: quota ?? null, persistent };
  }
}

class OpfsFolder implements Folder {
  constructor(
    private readonly directory: FileSystemDirectoryHandle,
    readonly close: () => void,
  ) {}

  async names(): Promise<readonly string[]> {
    const names: string[] = [];
    for await (const name of this.directory.keys()) names.push(name);
    return names;
  }

  async create(name: string): Promise<FileWriter> {
    const file = await this.directory.getFileHandle(name, { create: true });
    const handle = await file.createSyncAccessHandle();
    handle.truncate(0);
    return {
      write: (bytes) => {
        for (let at = 0; at < bytes.length;) {
          const written = handle.write(bytes.subarray(at, at + writeBytes));
          if (!written) throw new DOMException("the disk is full", "QuotaExceededError");
          at += written;
        }
      },
      flush: () => handle.flush(),
      close: () => handle.close(),
    };
  }

  async open(name: string): Promise<FileReader> {
    // A snapshot, not a handle: handles shut out whoever reads the same file in another tab.
    const file = await (await this.directory.getFileHandle(name)).getFile();
    return {
      size: file.size,
      read: async (from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer()),
    };
  }

  remove(name: string): Promise<void> {
    return removeIfThere(this.directory, name);
  }
}

async function removeIfThere(directory: FileSystemDirectoryHandle, name: string): Promise<void> {
  try {
    await directory.removeEntry(name, { recursive: true });
  } catch (error) {
    if ((error as Error).name !== "NotFoundError") throw error;
  }
}

function lockName(notebook: string): string {
  return `cohortbook.tables.${notebook}`;
}

/** Takes the right to change a notebook's folder; gives what lets go of it. It is also let go when the worker dies. */
function lock(notebook: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(patience);
    navigator.locks
      .request(lockName(notebook), { signal }, () => new Promise<void>((release) => resolve(release)))
      .catch((error: unknown) => {
        const message = "another tab has not let go of this notebook's tables: close it, and reload this one";
        reject(new Error(message, { cause: error }));
      });
  });
}
