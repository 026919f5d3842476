import { looksLike } from "../csv/signature.ts";
import { isGzip } from "./gzip.ts";

/** The formats that tables come in. What is none of them is read as CSV, which says why where it cannot be. */
export type Format = "gzip" | "parquet" | "arrow" | "excel" | "json" | "ndjson" | "csv";

/** The format of a file: by its first bytes, and by its name only where they could be two. */
export function formatOf(head: Uint8Array, name: string): Format {
  if (isGzip(head)) return "gzip";
  switch (looksLike(withoutMark(head))) {
    case "Parquet":
      return "parquet";
    case "Arrow":
      return "arrow";
    case "XLSX":
      return "excel";
    case "JSON":
      return isLines(head, name) ? "ndjson" : "json";
    case null:
      if (/\.json$/i.test(name)) return "json";
      if (/\.(ndjson|jsonl)$/i.test(name)) return "ndjson";
      return isArrowStream(head) ? "arrow" : "csv";
    default:
      return isArrowStream(head) ? "arrow" : "csv";
  }
}

/** The bytes after a mark of UTF-8. */
function withoutMark(head: Uint8Array): Uint8Array {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head;
}

/** Whether each of the first lines is an object of its own. */
function isLines(head: Uint8Array, name: string): boolean {
  const lines = new TextDecoder().decode(head).trimStart().split("\n");
  if (!lines[0]!.startsWith("{")) return false;
  if (/\.(ndjson|jsonl)(\.gz)?$/i.test(name)) return true;
  const [first, second] = lines;
  return isWhole(first!) && second?.trim().startsWith("{") === true;
}

function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** An Arrow IPC stream begins with the mark of a message and the length of a schema. */
function isArrowStream(head: Uint8Array): boolean {
  return (
    head.length > 8 && head.subarray(0, 4).every((byte) => byte === 255) && head[7] === 0 && head[6] === 0
  );
}
