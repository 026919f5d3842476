import type { Component } from "svelte";
import { mime, streamKey, type Output } from "../../protocol/output.ts";
import type { Json } from "../../specs/pack.ts";
import { viewOfMime } from "../../specs/spec.ts";
import ErrorOutput from "./ErrorOutput.svelte";
import HtmlOutput from "./HtmlOutput.svelte";
import ImageOutput from "./ImageOutput.svelte";
import MarkdownOutput from "./MarkdownOutput.svelte";
import PagedTableOutput from "./PagedTableOutput.svelte";
import PlainOutput from "./PlainOutput.svelte";
import StreamOutput from "./StreamOutput.svelte";
import TableOutput from "./TableOutput.svelte";
import ViewOutput from "./ViewOutput.svelte";

/** What draws an output: it finds its own MIME type in the bundle. */
export type OutputComponent = Component<{ output: Output }>;

interface Entry {
  readonly shows: (output: Output) => boolean;
  readonly component: OutputComponent;
}

const has =
  (type: string) =>
  ({ data }: Output): boolean =>
    type in data;

/** The richest first. Showing a new MIME type adds a line here. */
const entries: readonly Entry[] = [
  { shows: has(mime.error), component: ErrorOutput },
  { shows: ({ data }) => Object.keys(data).some(viewOfMime), component: ViewOutput },
  {
    shows: ({ data, buffers }) => buffers.length > 0 && hasResult(data[mime.table]),
    component: PagedTableOutput,
  },
  { shows: ({ data, buffers }) => mime.table in data && buffers.length > 0, component: TableOutput },
  { shows: has("text/html"), component: HtmlOutput },
  { shows: has("text/markdown"), component: MarkdownOutput },
  { shows: has("image/svg+xml"), component: ImageOutput },
  { shows: has("image/png"), component: ImageOutput },
  { shows: ({ metadata }) => streamKey in metadata, component: StreamOutput },
  { shows: () => true, component: PlainOutput },
];

/** Whether a table says where the rest of its rows is read. */
function hasResult(table: Json | undefined): boolean {
  return typeof table === "object" && table !== null && "result" in table;
}

/** The component that draws an output in its richest form. */
export function componentFor(output: Output): OutputComponent {
  return entries.find(({ shows }) => shows(output))!.component;
}
