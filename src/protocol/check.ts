import type { RunResult } from "./kernel.ts";
import type { Output } from "./output.ts";

const mostNodes = 2_000_000;
const mostCharacters = 64_000_000;
const mostDepth = 64;

/** Whether what came from a kernel is an output: plain JSON that ends, of a size that can be held, and buffers. */
export function isOutput(value: unknown): value is Output {
  if (!isRecord(value)) return false;
  const { id, data, metadata, buffers } = value;
  return (
    isText(id, 1000) &&
    isRecord(data) &&
    isText(data["text/plain"], mostCharacters) &&
    isRecord(metadata) &&
    isJson([data, metadata]) &&
    Array.isArray(buffers) &&
    buffers.every((buffer) => buffer instanceof ArrayBuffer)
  );
}

/** Whether what came from a kernel says how a run ended. */
export function isRunResult(value: unknown): value is RunResult {
  if (!isRecord(value) || !Number.isFinite(value.seconds)) return false;
  if (value.state === "stopped") return true;
  if (value.state === "done")
    return value.device === null || (isRecord(value.device) && isText(value.device.name, 1000));
  return value.state === "failed" && isCellError(value.error);
}

function isCellError(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { name, message, frames, stack } = value;
  const texts = [name, message, stack].every((text) => isText(text, mostCharacters));
  return texts && Array.isArray(frames) && frames.length <= 1000 && frames.every(isFrame);
}

function isFrame(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { cell, line, column, name } = value;
  return (
    isText(cell, 64) &&
    Number.isSafeInteger(line) &&
    Number.isSafeInteger(column) &&
    (name === null || isText(name, mostCharacters))
  );
}

/** Whether a value is JSON: no cycle, nothing that JSON has no word for, and not without end. */
function isJson(value: unknown): boolean {
  let nodes = 0;
  let characters = 0;
  const within = (item: unknown, depth: number): boolean => {
    if (++nodes > mostNodes || depth > mostDepth) return false;
    if (item === null || typeof item === "boolean" || typeof item === "number") return true;
    if (typeof item === "string") return (characters += item.length) <= mostCharacters;
    if (Array.isArray(item)) return item.every((each) => within(each, depth + 1));
    return isRecord(item) && Object.values(item).every((each) => within(each, depth + 1));
  };
  return within(value, 0);
}

/** Whether a value is a plain object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether a value is a text of at most that many characters. */
export function isText(value: unknown, most: number): value is string {
  return typeof value === "string" && value.length <= most;
}
