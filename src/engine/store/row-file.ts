import type { FileWriter, Folder } from "./folder.ts";

/** What precedes each Arrow IPC stream in a file of rows: its length in bytes, little-endian. */
const prefix = 4;

/** The name of the file that holds a table's rows. */
export function rowFileName(id: string): string {
  return `${id}.arrows`;
}

/** A file of rows that is being written: Arrow IPC streams, one after the other. */
export class RowFileWriter {
  bytes = 0;

  private constructor(
    readonly id: string,
    private readonly folder: Folder,
    private readonly file: FileWriter,
  ) {}

  /** An empty file of rows. */
  static async create(folder: Folder): Promise<RowFileWriter> {
    const id = crypto.randomUUID();
    return new RowFileWriter(id, folder, await folder.create(rowFileName(id)));
  }

  /** Adds an Arrow IPC stream. */
  write(rows: Uint8Array): void {
    const length = new Uint8Array(prefix);
    new DataView(length.buffer).setUint32(0, rows.length, true);
    this.file.write(length);
    this.file.write(rows);
    this.bytes += prefix + rows.length;
  }

  /** Sees to it that what was written stays. */
  finish(): void {
    try {
      this.file.flush();
    } finally {
      this.file.close();
    }
  }

  /** Removes the file. */
  async discard(): Promise<void> {
    this.file.close();
    await this.folder.remove(rowFileName(this.id));
  }
}

/** The Arrow IPC streams of a file of rows that is `bytes` long. */
export async function* readRows(
  folder: Folder,
  { id, bytes }: { readonly id: string; readonly bytes: number },
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const file = await folder.open(rowFileName(id));
  if (file.size !== bytes) throw new RangeError(`expected a file of ${bytes} bytes, got ${file.size}`);
  for (let at = 0; at < bytes;) {
    const length = await file.read(at, at + prefix);
    const from = at + prefix;
    at = from + new DataView(length.buffer).getUint32(0, true);
    if (at > bytes) throw new RangeError(`expected ${bytes} bytes of rows, got a length that leads to ${at}`);
    yield file.read(from, at);
  }
}
