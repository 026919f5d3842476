import { mime, type Output } from "../../protocol/output.ts";
import type { Json } from "../../specs/pack.ts";
import { viewOfMime } from "../../specs/spec.ts";

/** The most one output may take up in a saved file, in bytes or characters. */
const mostSaved = 2_000_000;

/** An output no larger than `most`: what is too large is left out, richest first, and the output says so in `truncated` and in its text. */
export function capOutput(output: Output, most: number = mostSaved): Output {
  let { data, buffers } = output;
  const dropped: string[] = [];
  const whole = sizeOf(data, buffers);
  if (whole <= most) return output;
  for (const type of Object.keys(data)
    .filter(isRich)
    .concat(Object.keys(data).filter((type) => !isRich(type)))) {
    if (type === "text/plain" || sizeOf(data, buffers) <= most) continue;
    const { [type]: _large, ...rest } = data;
    data = rest;
    if (isRich(type)) buffers = [];
    dropped.push(type);
  }
  const note = `[${(whole / 1e6).toFixed(1)} MB of output were too much to save]`;
  const plain = data["text/plain"];
  const text = typeof plain === "string" ? plain.slice(0, most) : "";
  return {
    ...output,
    data: { ...data, "text/plain": text ? `${text}\n${note}` : note },
    metadata: { ...output.metadata, truncated: { bytes: whole, dropped } },
    buffers,
  };
}

/** Whether the buffers of an output belong to this type. */
export function isRich(type: string): boolean {
  return type === mime.table || viewOfMime(type) !== undefined;
}

/** Characters that data and buffers take up once they are saved. */
function sizeOf(data: { readonly [type: string]: Json }, buffers: readonly ArrayBuffer[]): number {
  const texts = Object.values(data).map(
    (value) => (typeof value === "string" ? value : JSON.stringify(value)).length,
  );
  const bytes = buffers.map((buffer) => Math.ceil(buffer.byteLength / 3) * 4);
  return [...texts, ...bytes].reduce((sum, size) => sum + size, 0);
}
