import { mime, streamKey, type CellError, type Output } from "../../protocol/output.ts";
import type { Json } from "../../specs/pack.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { capOutput, isRich } from "./cap-output.ts";
import { isCellError, isObject, isTableSummary, type JsonObject } from "./output-shapes.ts";

/** An output in a file, and what the file's form has no room for: it is kept in the cell's own metadata. */
export interface SavedOutput {
  readonly saved: JsonObject;
  readonly kept: JsonObject;
}

/** The id under which the kernel shows the value of a cell's last expression. */
const resultId = "result";

/** Codes by which Python colours its tracebacks. */
const colours = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, "g");

/** An output as nbformat 4.5 has it. `count` is the cell's execution count. */
export function writeOutput(whole: Output, count: number | null): SavedOutput {
  const output = capOutput(whole);
  const { id, data, metadata } = output;
  const error = data[mime.error] as unknown as CellError | undefined;
  if (error)
    return {
      saved: { output_type: "error", ename: error.name, evalue: error.message, traceback: traceback(error) },
      kept: { id, data, metadata },
    };
  if (typeof metadata[streamKey] === "string")
    return {
      saved: {
        output_type: "stream",
        name: metadata[streamKey],
        text: toLines(fromLines(data["text/plain"])),
      },
      kept: { id },
    };
  const bundle = { data: writeData(output), metadata: writeMetadata(output) };
  const saved =
    id === resultId
      ? { output_type: "execute_result", execution_count: count, ...bundle }
      : { output_type: "display_data", ...bundle };
  return { saved, kept: { id } };
}

/** An output of any notebook, Python's too; `kept` is what `writeOutput` gave beside it. Null where it is none. */
export function readOutput(saved: Json | undefined, kept: JsonObject, id: string): Output | null {
  if (!isObject(saved)) return null;
  const own = typeof kept.id === "string" ? kept.id : id;
  switch (fromLines(saved.output_type)) {
    case "stream": {
      const name = saved.name === "stderr" ? "stderr" : "stdout";
      return {
        id: own,
        data: { "text/plain": fromLines(saved.text) },
        metadata: { [streamKey]: name },
        buffers: [],
      };
    }
    case "error":
      if (isObject(kept.data) && isObject(kept.metadata) && isCellError(kept.data[mime.error]))
        return readBundle(own, kept.data, kept.metadata);
      return readError(own, saved);
    case "display_data":
    case "execute_result":
      return readBundle(
        own,
        isObject(saved.data) ? saved.data : {},
        isObject(saved.metadata) ? saved.metadata : {},
      );
    default:
      return null;
  }
}

/** A text as the list of its lines, each with its end, as Jupyter writes it. */
export function toLines(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

/** The text of a list of lines, or of a text as it stands. */
export function fromLines(value: Json | undefined): string {
  if (typeof value === "string") return value;
  return Array.isArray(value) ? value.filter((line) => typeof line === "string").join("") : "";
}

function writeData({ data, buffers }: Output): JsonObject {
  const encoded = buffers.map((buffer) => toBase64(new Uint8Array(buffer)));
  return Object.fromEntries(
    Object.entries<Json>({ "text/plain": "", ...data }).map(([type, value]): [string, Json] => {
      if (type === mime.table) return [type, encoded[0] ?? ""];
      if (isRich(type) && isObject(value)) return [type, { ...value, $buffers: encoded }];
      return [
        type,
        isJson(type) ? value : toLines(typeof value === "string" ? value : JSON.stringify(value)),
      ];
    }),
  );
}

/** What a table says of itself stands in the metadata of its type, for its data must be text. */
function writeMetadata({ data, metadata }: Output): JsonObject {
  return mime.table in data ? { ...metadata, [mime.table]: data[mime.table]! } : metadata;
}

function readBundle(id: string, saved: JsonObject, savedMetadata: JsonObject): Output {
  const { [mime.table]: summary, ...metadata } = savedMetadata;
  let buffers: ArrayBuffer[] = [];
  const data: Record<string, Json> = { "text/plain": "" };
  for (const [type, value] of Object.entries(saved)) {
    if (type === mime.table) {
      const bytes = fromBase64(fromLines(value));
      if (!bytes || !isTableSummary(summary)) continue;
      buffers = [bytes.buffer];
      data[type] = summary;
    } else if (isRich(type) && isObject(value)) {
      const { $buffers: encoded, ...spec } = value;
      const bytes = Array.isArray(encoded) ? encoded.map((text) => fromBase64(String(text))) : [];
      if (bytes.includes(null)) continue;
      buffers = bytes.map((each) => each!.buffer);
      data[type] = spec;
    } else if (type === mime.error && !isCellError(value)) continue;
    else data[type] = isJson(type) ? value : fromLines(value);
  }
  return { id, data, metadata, buffers };
}

function readError(id: string, saved: JsonObject): Output {
  const name = fromLines(saved.ename) || "Error";
  const message = fromLines(saved.evalue);
  const lines = Array.isArray(saved.traceback) ? (saved.traceback as readonly Json[]) : [];
  const stack = lines.map(fromLines).join("\n").replace(colours, "");
  const error: CellError = { name, message, frames: [], stack };
  return {
    id,
    data: { "text/plain": `${name}: ${message}`, [mime.error]: error as unknown as Json },
    metadata: {},
    buffers: [],
  };
}

function traceback({ name, message, frames }: CellError): string[] {
  const calls = frames.map(({ name, cell, line, column }) => {
    const place = `cell-${cell}.ts:${line}:${column}`;
    return `    at ${name === null ? place : `${name} (${place})`}`;
  });
  return [`${name}: ${message}`, ...calls];
}

function isJson(type: string): boolean {
  return type === "application/json" || type.endsWith("+json");
}
