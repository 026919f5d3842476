/** Bytes that a packed file may unpack to. */
const mostBytes = 2 * 1024 ** 3;

/** Thrown where a packed file is too large once it is unpacked. */
export class TooLargeUnpacked extends Error {
  constructor(readonly bytes: number) {
    super("too large once it is unpacked");
  }
}

/** Whether a file begins as gzip does. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** What a file packed by gzip holds, under its name without `.gz`. */
export async function unpacked(file: File, step: (done: number) => Promise<void>): Promise<File> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = file.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
    if (size > mostBytes) {
      await reader.cancel();
      throw new TooLargeUnpacked(size);
    }
    await step(Math.min(size, file.size));
  }
  return new File(parts, file.name.replace(/\.gz$/i, ""));
}
