import type { Disk, FileReader, FileWriter, Folder } from "../../../src/engine/store/folder.ts";
import type { StorageState } from "../../../src/protocol/table-info.ts";

/** Thrown by everything from the moment that a machine is switched off. */
export class SwitchedOff extends Error {}

interface MemoryFile {
  bytes: Uint8Array<ArrayBuffer>;
  /** How many bytes outlive the machine's being switched off for certain. */
  flushed: number;
}

type Files = Map<string, MemoryFile>;

/** A disk for tests: it can be full, and it can be switched off before any step that changes it. */
export class MemoryDisk implements Disk {
  /** Steps taken so far: each changes something on the disk. */
  steps = 0;
  /** The step before which all ends. */
  offBefore = Infinity;
  /** How many bytes there is room for. */
  quota = Infinity;
  /** What every write fails with. */
  failure: Error | null = null;
  /** The files that something else holds, so that they cannot be removed, and those that cannot be made. */
  isHeld: (name: string) => boolean = () => false;
  isRefused: (name: string) => boolean = () => false;

  readonly #folders: Map<string, Files>;
  readonly #writers = new Set<string>();

  constructor(folders: Map<string, Files> = new Map()) {
    this.#folders = folders;
  }

  /** The disk as it is found when the machine is switched on again; of what was not flushed, `part` is there. */
  switchedOn(part = 0): MemoryDisk {
    const survived = ({ bytes, flushed }: MemoryFile): MemoryFile => {
      const length = flushed + Math.floor((bytes.length - flushed) * part);
      return { bytes: bytes.slice(0, length), flushed: length };
    };
    return new MemoryDisk(
      new Map(
        [...this.#folders].map(([notebook, files]) => [
          notebook,
          new Map([...files].map(([name, file]) => [name, survived(file)])),
        ]),
      ),
    );
  }

  /** The names of a notebook's files. */
  names(notebook: string): string[] {
    return [...(this.#folders.get(notebook)?.keys() ?? [])].sort();
  }

  /** Changes the bytes of a file, as no engine does. */
  damage(notebook: string, name: string, change: (bytes: Uint8Array) => Uint8Array<ArrayBuffer>): void {
    const file = this.#folders.get(notebook)!.get(name)!;
    file.bytes = change(file.bytes);
  }

  get used(): number {
    return [...this.#folders.values()]
      .flatMap((files) => [...files.values()])
      .reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  async open(notebook: string, access: "read" | "write"): Promise<Folder> {
    if (access === "write") {
      if (this.#writers.has(notebook)) throw new Error("another worker changes this folder");
      this.#writers.add(notebook);
    }
    const files: Files = this.#folders.get(notebook) ?? new Map<string, MemoryFile>();
    this.#folders.set(notebook, files);
    return {
      names: async () => [...files.keys()],
      create: async (name) => {
        this.#step();
        if (this.isRefused(name)) throw new DOMException(`${name} is held`, "NoModificationAllowedError");
        const file: MemoryFile = { bytes: new Uint8Array(), flushed: 0 };
        files.set(name, file);
        return this.#writer(file);
      },
      open: async (name) => reader(files, name),
      remove: async (name) => {
        this.#step();
        if (this.isHeld(name)) throw new DOMException(name, "NoModificationAllowedError");
        files.delete(name);
      },
      close: () => {
        if (access === "write") this.#writers.delete(notebook);
      },
    };
  }

  async remove(notebook: string): Promise<void> {
    this.#folders.delete(notebook);
  }

  async keepOnly(notebooks: readonly string[]): Promise<void> {
    for (const name of this.#folders.keys())
      if (!notebooks.includes(name) && !this.#writers.has(name)) this.#folders.delete(name);
  }

  async state(): Promise<StorageState> {
    return { place: "disk", used: this.used, quota: this.quota, persistent: false };
  }

  #writer(file: MemoryFile): FileWriter {
    return {
      write: (bytes) => {
        this.#step();
        if (this.failure) throw this.failure;
        if (this.used + bytes.length > this.quota) throw new DOMException("full", "QuotaExceededError");
        const longer = new Uint8Array(file.bytes.length + bytes.length);
        longer.set(file.bytes);
        longer.set(bytes, file.bytes.length);
        file.bytes = longer;
      },
      flush: () => {
        this.#step();
        file.flushed = file.bytes.length;
      },
      close: () => undefined,
    };
  }

  #step(): void {
    if (++this.steps > this.offBefore) throw new SwitchedOff("the machine was switched off");
  }
}

function reader(files: Files, name: string): FileReader {
  const file = files.get(name);
  if (!file) throw new DOMException(name, "NotFoundError");
  const { bytes } = file;
  return { size: bytes.length, read: async (from, to) => bytes.slice(from, to) };
}
