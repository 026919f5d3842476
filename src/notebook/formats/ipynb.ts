import type { Random } from "../../core/random.ts";
import type { Output } from "../../protocol/output.ts";
import type { Json } from "../../specs/pack.ts";
import { newCell, newId } from "../create.ts";
import { lineStarts, placeAt } from "../compile/text.ts";
import type { Cell, LastRun, NotebookDocument } from "../document.ts";
import { fromLines, readOutput, toLines, writeOutput } from "./ipynb-output.ts";
import { jsonErrorAt } from "./json-error.ts";
import { isCount, isObject, type JsonObject } from "./output-shapes.ts";
import { titleOf } from "./title.ts";
import { UnreadableNotebook } from "./unreadable.ts";

/** Key of a file's, a cell's and an output's metadata under which everything of our own stands. */
const ours = "cohortbook";

/** A notebook as the text of an .ipynb file of nbformat 4.5. */
export function writeIpynb(document: NotebookDocument): string {
  const notebook = {
    cells: document.cells.map(writeCell),
    metadata: {
      [ours]: document.metadata,
      kernelspec: { display_name: "Cohortbook", language: "typescript", name: "cohortbook" },
      language_info: { file_extension: ".ts", mimetype: "text/x-typescript", name: "typescript" },
      title: document.title,
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

/** The notebook in the text of an .ipynb file of nbformat 4.0 to 4.5; what a cell lacks is filled in, and what is none is left out. */
export function readIpynb(text: string, file: string, random: Random): NotebookDocument {
  const notebook = parse(text, file);
  if (!isObject(notebook) || (!Array.isArray(notebook.cells) && !("nbformat" in notebook)))
    throw new UnreadableNotebook(file, { why: "not-a-notebook" });
  const version = Number(notebook.nbformat ?? 4);
  if (version < 4) throw new UnreadableNotebook(file, { why: "old-format", version });
  if (version > 4) throw new UnreadableNotebook(file, { why: "new-format", version });
  if (!Array.isArray(notebook.cells)) throw new UnreadableNotebook(file, { why: "not-a-notebook" });

  const taken = new Set<string>();
  const cells: Cell[] = [];
  for (const saved of notebook.cells as readonly Json[]) {
    if (!isObject(saved)) continue;
    const own =
      typeof saved.id === "string" && /^[a-zA-Z0-9-_]{1,64}$/.test(saved.id) && !taken.has(saved.id);
    const id = own ? (saved.id as string) : newId(random, taken);
    taken.add(id);
    cells.push(readCell(saved, id));
  }
  const metadata = objectIn(notebook, "metadata");
  const title = typeof metadata.title === "string" ? metadata.title : titleOf(cells, file);
  return { id: newId(random, new Set(), 16), title, cells, metadata: withoutNulls(objectIn(metadata, ours)) };
}

function writeCell(cell: Cell): JsonObject {
  const { id, kind, source, metadata, lastRun } = cell;
  const common = { id, source: toLines(source) };
  if (kind === "markdown") return { cell_type: "markdown", ...common, metadata };
  const outputs = cell.outputs.map((output) => writeOutput(output, lastRun?.count ?? null));
  const own = {
    ...(kind === "sql" ? { language: "sql" } : {}),
    ...(lastRun ? { lastRun: lastRun as unknown as JsonObject } : {}),
    ...(outputs.length ? { outputs: outputs.map(({ kept }) => kept) } : {}),
  };
  return {
    cell_type: "code",
    execution_count: lastRun?.count ?? null,
    ...common,
    metadata: Object.keys(own).length ? { ...metadata, [ours]: own } : metadata,
    outputs: outputs.map(({ saved }) => saved),
  };
}

function readCell(saved: JsonObject, id: string): Cell {
  const { [ours]: _own, ...metadata } = objectIn(saved, "metadata");
  const source = fromLines(saved.source);
  if (saved.cell_type !== "code") return newCell(id, "markdown", withAttachments(source, saved), metadata);
  const own = objectIn(objectIn(saved, "metadata"), ours);
  const kept: readonly Json[] = Array.isArray(own.outputs) ? own.outputs : [];
  const outputs: Output[] = [];
  const taken = new Set<string>();
  for (const [i, output] of (Array.isArray(saved.outputs)
    ? (saved.outputs as readonly Json[])
    : []
  ).entries()) {
    const read = readOutput(output, isObject(kept[i]) ? kept[i] : {}, `output-${i + 1}`);
    if (!read) continue;
    let { id } = read;
    for (let n = i + 1; taken.has(id); n++) id = `saved-${n}`;
    taken.add(id);
    outputs.push({ ...read, id });
  }
  const kind = own.language === "sql" ? "sql" : "code";
  return { ...newCell(id, kind, source, metadata), outputs, lastRun: readRun(saved, own.lastRun) };
}

function readRun(saved: JsonObject, own: Json | undefined): LastRun | null {
  if (isObject(own) && isRunState(own.state) && isCount(own.count) && typeof own.seconds === "number")
    return {
      state: own.state,
      count: own.count,
      seconds: own.seconds,
      device: typeof own.device === "string" ? own.device : null,
    };
  if (!isCount(saved.execution_count)) return null;
  const outputs = Array.isArray(saved.outputs) ? (saved.outputs as readonly Json[]) : [];
  const failed = outputs.some((output) => isObject(output) && output.output_type === "error");
  return { state: failed ? "failed" : "done", count: saved.execution_count, seconds: 0, device: null };
}

function isRunState(value: Json | undefined): value is LastRun["state"] {
  return value === "done" || value === "failed" || value === "stopped";
}

/** Prose with its attached images in place of `attachment:` links. */
function withAttachments(source: string, saved: JsonObject): string {
  let text = source;
  for (const [name, bundle] of Object.entries(objectIn(saved, "attachments")))
    for (const [type, data] of Object.entries(isObject(bundle) ? bundle : {}))
      text = text.replaceAll(
        `attachment:${name}`,
        `data:${type};base64,${fromLines(data).replace(/\s/g, "")}`,
      );
  return text;
}

function objectIn(parent: JsonObject, key: string): JsonObject {
  const value = parent[key];
  return isObject(value) ? value : {};
}

function withoutNulls(metadata: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== null));
}

function parse(text: string, file: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new UnreadableNotebook(file, { why: "not-json", ...placeAt(lineStarts(text), jsonErrorAt(text)) });
  }
}
