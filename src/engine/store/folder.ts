import type { StorageState } from "../../protocol/table-info.ts";

/** Where notebooks keep their tables: each notebook has a folder of its own. */
export interface Disk {
  /** Opens a notebook's folder. One that may be changed is had by one worker at a time: this waits for it, and gives up in the end. */
  open(notebook: string, access: "read" | "write"): Promise<Folder>;
  /** Removes a notebook's folder and all that is in it. */
  remove(notebook: string): Promise<void>;
  /** Removes the folders of all notebooks but these, except those that a worker may change now. */
  keepOnly(notebooks: readonly string[]): Promise<void>;
  state(): Promise<StorageState>;
}

/** Files by name. A file is written once, from its beginning to its end. */
export interface Folder {
  names(): Promise<readonly string[]>;
  /** Makes an empty file. */
  create(name: string): Promise<FileWriter>;
  /** Opens a file that is whole. */
  open(name: string): Promise<FileReader>;
  /** Removes a file; one that is not there is none to be removed. */
  remove(name: string): Promise<void>;
  /** Lets others change the folder. */
  close(): void;
}

/** The end of a file that is being written. */
export interface FileWriter {
  /** Adds bytes; a `QuotaExceededError` where the disk is full. */
  write(bytes: Uint8Array): void;
  /** Returns once all that was written will outlive the machine's being switched off. */
  flush(): void;
  close(): void;
}

/** A file that is whole. */
export interface FileReader {
  readonly size: number;
  read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Whether a write failed because there is no room. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && error.name === "QuotaExceededError";
}
