import { fromBase64, toBase64 } from "./base64.ts";

/** A text deflated, in the letters that a link may hold. */
export async function deflated(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const base64 = toBase64(new Uint8Array(await new Response(stream).arrayBuffer()));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The text of what `deflated` gave, at most that many characters; null where it is broken or unfolds to more. */
export async function inflated(carried: string, most: number): Promise<string | null> {
  const bytes = fromBase64(carried.replaceAll("-", "+").replaceAll("_", "/"));
  return bytes && unfolded(bytes, most).catch(() => null);
}

async function unfolded(bytes: Uint8Array<ArrayBuffer>, most: number): Promise<string> {
  const decoder = new TextDecoder();
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (text.length > most) throw new RangeError(`link: expected at most ${most} characters`);
  }
  return text + decoder.decode();
}
