import type { Json } from "../../specs/pack.ts";

/** The text of a MIME type in a bundle; Jupyter saves long text as a list of lines. */
export function textOf(value: Json | undefined): string {
  if (Array.isArray(value)) return value.map((line: Json) => textOf(line)).join("");
  return typeof value === "string" ? value : "";
}
