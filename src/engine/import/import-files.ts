import type { Role } from "../../data/role.ts";
import { pause } from "../../core/pause.ts";
import type {
  ImportFile,
  ImportNote,
  ImportProgress,
  ImportRefusal,
  ImportResult,
} from "../../protocol/import.ts";
import { columnType } from "../column-type.ts";
import { commonName, legalName, tableName } from "../names.ts";
import type { NotebookTables } from "../notebook-tables.ts";
import { guessRoles } from "../roles/guess.ts";
import { joinStaged } from "./join.ts";
import { Refused, rolesOf, stageFile, type Running, type Staged } from "./stage.ts";

/** Reads files into tables: those whose columns have the same names become one. A file that is refused changes nothing. */
export async function importFiles(
  tables: NotebookTables,
  files: readonly ImportFile[],
  name: string | null,
  progress: (progress: ImportProgress) => void,
  signal: AbortSignal,
): Promise<ImportResult[]> {
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  const staged: Staged[] = [];
  const refused: ImportResult[] = [];
  let before = 0;
  for (const each of files) {
    const report = (phase: ImportProgress["phase"], done: number): void =>
      progress({ phase, file: each.path, done: before + Math.min(done, each.file.size), total });
    const running: Running = {
      progress: ({ phase, done, total: whole }) => report(phase, whole ? (done / whole) * each.file.size : 0),
      signal,
      async step(phase, done) {
        report(phase, done);
        await pause();
        signal.throwIfAborted();
      },
    };
    try {
      staged.push(...(await stageFile(tables, each, running)));
    } catch (error) {
      refused.push({ state: "refused", file: each.path, refusal: refusalOf(error, each, signal) });
    }
    before += each.file.size;
  }
  if (signal.aborted) {
    for (const { draft } of staged) await draft.abort();
    return files.map(({ path }) => ({ state: "refused", file: path, refusal: { why: "cancelled" } }));
  }
  const imported: ImportResult[] = [];
  for (const group of groupsOf(staged)) {
    progress({ phase: "keeping", file: group[0]!.path, done: total, total });
    imported.push(await place(tables, group, name, signal));
  }
  return [...imported, ...refused];
}

/** Tables whose columns have the same names, in the order in which the first of each came. */
function groupsOf(staged: readonly Staged[]): Staged[][] {
  const groups = new Map<string, Staged[]>();
  for (const each of staged) {
    const key = each.columns.join("\n").toLowerCase();
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return [...groups.values()];
}

/** Puts one table, or several of one shape, among the tables of the notebook. */
async function place(
  tables: NotebookTables,
  group: readonly Staged[],
  name: string | null,
  signal: AbortSignal,
): Promise<ImportResult> {
  const [first] = group;
  try {
    const { recognition } = first!;
    const { draft, columns } =
      group.length === 1 && !recognition?.amount ? first! : await joinStaged(tables, group, signal);
    const rejects = group.map((each) => each.rejects).filter(({ count }) => count > 0);
    const { reserved } = tables.index.catalogue;
    const own =
      recognition?.table ??
      (group.length === 1
        ? tableName(first!.wanted, reserved)
        : commonName(
            group.map(({ wanted }) => wanted),
            reserved,
          ));
    const wanted = name === null ? own : legalName(name, reserved);
    const table = await draft.commit(
      {
        name: wanted,
        source: {
          kind: "file",
          files: group.map(({ path }) => path),
          bytes: group.reduce((sum, { bytes }) => sum + bytes, 0),
          recognised: recognition?.set ?? null,
        },
        notes: (given) => notesOf(group, given, name ?? wanted),
        roles: recognition ? rolesOf(recognition, columns) : guessedRoles(columns, tables, draft.name),
      },
      rejects.length ? await rejects[0]!.draft(tables, rejects.slice(1)) : undefined,
    );
    return { state: "imported", table, notes: table.notes };
  } catch (error) {
    for (const { draft } of group) await draft.abort();
    return {
      state: "refused",
      file: first!.path,
      refusal: refusalOf(error, { file: new File([], ""), path: first!.path }, signal),
    };
  }
}

function notesOf(group: readonly Staged[], table: string, asked: string): ImportNote[] {
  const notes: ImportNote[] = [];
  const { recognition } = group[0]!;
  if (recognition) notes.push({ note: "recognised", set: recognition.set });
  if (group.length > 1) notes.push({ note: "joined-files", count: group.length });
  if (table !== asked) notes.push({ note: "renamed-table", from: asked, to: table });
  notes.push(...group.flatMap((each) => each.notes));
  const count = group.reduce((sum, { rejects }) => sum + rejects.count, 0);
  if (count) notes.push({ note: "rejected", count, table: null });
  return notes;
}

function guessedRoles(names: readonly string[], tables: NotebookTables, draft: string): Map<string, Role> {
  const types = tables.database.rows(
    `SELECT data_type AS type FROM duckdb_columns() WHERE table_name = '${draft}' ORDER BY column_index`,
  );
  const guessed = guessRoles(
    names.map((name, i) => {
      const sqlType = types[i]!.type as string;
      return { name, sqlType, type: columnType(sqlType) };
    }),
  );
  const roles = new Map<string, Role>();
  for (const [i, role] of guessed.entries()) if (role) roles.set(names[i]!, role);
  return roles;
}

function refusalOf(error: unknown, { file }: ImportFile, signal: AbortSignal): ImportRefusal {
  if (error instanceof Refused) return error.refusal;
  if (signal.aborted) return { why: "cancelled" };
  const message = error instanceof Error ? error.message : String(error);
  if (/out of memory|allocat/i.test(message)) return { why: "out-of-memory", bytes: file.size };
  return { why: "unreadable", message, line: null };
}
