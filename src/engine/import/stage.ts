import type { Role } from "../../data/role.ts";
import { tableToArrow } from "../../data/arrow.ts";
import type { ImportFile, ImportNote, ImportProgress } from "../../protocol/import.ts";
import type { RowSink } from "../csv/eager-table.ts";
import { importCsv } from "../csv/import-csv.ts";
import { columnNames } from "../names.ts";
import type { NotebookTables } from "../notebook-tables.ts";
import { recognise } from "../recognisers/registry.ts";
import { layoutOf, type Recognition } from "../recognisers/recogniser.ts";
import { identifier } from "../sql.ts";
import type { TableDraft } from "../table-draft.ts";
import { LargeNumbers, openArrow, openParquet, type Columnar } from "./columnar.ts";
import { readExcel } from "./excel.ts";
import { formatOf } from "./format.ts";
import { TooLargeUnpacked, unpacked } from "./gzip.ts";
import { readJson, readNdjson, type Reading, type Values } from "./json.ts";
import { Refused } from "./refusal.ts";
import { Rejects } from "./rejects.ts";
import type { TextTable } from "./text-table.ts";

/** A table that was read, and waits to be put in its place. */
export interface Staged {
  readonly path: string;
  /** What its table may be called. */
  readonly wanted: string;
  readonly bytes: number;
  readonly draft: TableDraft;
  readonly columns: readonly string[];
  readonly recognition: Recognition | null;
  readonly notes: readonly ImportNote[];
  readonly rejects: Rejects;
}

/** What an import tells while it runs, and what ends it. */
export interface Running {
  readonly progress: (progress: ImportProgress) => void;
  readonly signal: AbortSignal;
  /** Calls back with the bytes of this file that are read. */
  readonly step: (phase: ImportProgress["phase"], done: number) => Promise<void>;
}

const headBytes = 64 * 1024;

/** Reads the tables of a file into drafts: one, or for a workbook one a sheet. Whatever is staged is the caller's to commit or abort. */
export async function stageFile(
  tables: NotebookTables,
  { file, path }: ImportFile,
  running: Running,
): Promise<Staged[]> {
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  switch (formatOf(head, file.name)) {
    case "gzip":
      return stageFile(
        tables,
        { file: await unpack(file, running), path: path.replace(/\.gz$/i, "") },
        running,
      );
    case "parquet":
      return [await stageParquet(tables, file, path, running)];
    case "arrow":
      return [await stageColumns(tables, file, path, await open(openArrow(file)), running)];
    case "excel":
      return stageSheets(tables, file, path, running);
    case "json":
      return [await stageValues(tables, file, path, readJson, running)];
    case "ndjson":
      return [await stageValues(tables, file, path, readNdjson, running)];
    case "csv":
      return [await stageCsv(tables, file, path, path, new Rejects(), running)];
  }
}

async function unpack(file: File, { step }: Running): Promise<File> {
  try {
    return await unpacked(file, (done) => step("reading", done));
  } catch (error) {
    if (error instanceof TooLargeUnpacked) throw new Refused({ why: "out-of-memory", bytes: error.bytes });
    if (error instanceof TypeError)
      throw new Refused({ why: "unreadable", message: "the gzip file is damaged or cut off", line: null });
    throw error;
  }
}

async function open(opening: Promise<Columnar>): Promise<Columnar> {
  try {
    return await opening;
  } catch (error) {
    throw new Refused({ why: "unreadable", message: (error as Error).message, line: null });
  }
}

async function stageSheets(
  tables: NotebookTables,
  file: File,
  path: string,
  running: Running,
): Promise<Staged[]> {
  await running.step("reading", 0);
  const read = await readExcel(file);
  if ("refusal" in read) throw new Refused(read.refusal);
  const staged: Staged[] = [];
  try {
    for (const { name, table } of read.sheets) {
      const wanted = read.sheets.length === 1 ? path : `${path.replace(/\.[^.]*$/, "")}_${name}`;
      staged.push(await stageTexts(tables, file, path, wanted, table, new Rejects(), running));
    }
    return staged;
  } catch (error) {
    for (const { draft } of staged) await draft.abort();
    throw error;
  }
}

async function stageValues(
  tables: NotebookTables,
  file: File,
  path: string,
  read: (file: Blob, reading: Reading) => Promise<Values>,
  running: Running,
): Promise<Staged> {
  const rejects = new Rejects();
  const values = await read(file, {
    step: (done) => running.step("reading", done),
    reject: (reject) => rejects.add(path, reject),
  });
  if ("refusal" in values) throw new Refused(values.refusal);
  return stageTexts(tables, file, path, path, values.table, rejects, running);
}

async function stageTexts(
  tables: NotebookTables,
  file: File,
  path: string,
  wanted: string,
  table: TextTable,
  rejects: Rejects,
  running: Running,
): Promise<Staged> {
  const header = table.names;
  const csv = await table.csv(file.name);
  const known = { delimiter: ",", header: true, names: header };
  return { ...(await stageCsv(tables, csv, path, wanted, rejects, running, known)), bytes: file.size };
}

async function stageCsv(
  tables: NotebookTables,
  file: File,
  path: string,
  wanted: string,
  rejects: Rejects,
  running: Running,
  given: { readonly delimiter?: string; readonly header?: boolean } = {},
): Promise<Staged> {
  let draft: TableDraft | null = null;
  let recognition: Recognition | null = null;
  const sink: RowSink = {
    async create(columns) {
      draft = await tables.draft(columns);
    },
    insert: (rows) => draft!.insert(rows),
    async drop() {
      await draft?.abort();
      draft = null;
    },
    reject: ({ line, value, reason }, column) => rejects.add(path, { line, column, value, reason }),
  };
  try {
    const result = await importCsv(
      file,
      sink,
      ({ phase, done }) => running.progress({ phase, file: path, done, total: file.size }),
      running.signal,
      (header, lines) => {
        recognition = recognise({ header, lines });
        return { ...given, ...(recognition && layoutOf(recognition)) };
      },
    );
    if ("refusal" in result) throw new Refused(result.refusal);
    const made = draft as TableDraft | null;
    const columns = tables.database
      .rows(
        `SELECT column_name AS name FROM duckdb_columns() WHERE table_name = '${made!.name}' ORDER BY column_index`,
      )
      .map(({ name }) => name as string);
    return {
      path,
      wanted,
      bytes: file.size,
      draft: made!,
      columns,
      recognition,
      notes: result.notes,
      rejects,
    };
  } catch (error) {
    await (draft as TableDraft | null)?.abort();
    throw error;
  }
}

/** Reads a Parquet file, anew where columns turn out to hold numbers that only texts hold. */
async function stageParquet(
  tables: NotebookTables,
  file: File,
  path: string,
  running: Running,
  texts: readonly string[] = [],
): Promise<Staged> {
  try {
    return await stageColumns(tables, file, path, await open(openParquet(file, new Set(texts))), running);
  } catch (error) {
    if (!(error instanceof LargeNumbers)) throw error;
    return stageParquet(tables, file, path, running, [...texts, ...error.columns]);
  }
}

async function stageColumns(
  tables: NotebookTables,
  file: File,
  path: string,
  source: Columnar,
  { step }: Running,
): Promise<Staged> {
  if (!source.rows) throw new Refused({ why: "header-only", columns: source.columns.length });
  const { names, notes } = columnNames(
    source.columns.map(({ name }) => name),
    source.columns.length,
  );
  const columnsSql = names.map((name, i) => `${identifier(name)} ${source.columns[i]!.sqlType}`).join(", ");
  const draft = await tables.draft(columnsSql);
  try {
    for await (const { table, share } of source.pieces()) {
      draft.insert(tableToArrow(table));
      await step("importing", Math.round(share * file.size));
    }
  } catch (error) {
    await draft.abort();
    if ((error as Error).name === "AbortError" || error instanceof LargeNumbers) throw error;
    throw new Refused({ why: "unreadable", message: (error as Error).message, line: null });
  }
  const recognition = recognise({ header: names, lines: [] });
  return {
    path,
    wanted: path,
    bytes: file.size,
    draft,
    columns: names,
    recognition,
    notes,
    rejects: new Rejects(),
  };
}

/** The roles that a recognised set gives columns. */
export function rolesOf(recognition: Recognition, columns: readonly string[]): Map<string, Role> {
  const roles = new Map<string, Role>();
  for (const [i, { role }] of recognition.columns.entries())
    if (role && columns[i] !== undefined) roles.set(columns[i], role);
  if (recognition.amount) roles.set("amount", "amount");
  return roles;
}
