import type { Role } from "../../data/role.ts";
import type { ImportNote, ImportResult } from "../../protocol/import.ts";
import type { TableInfo } from "../../protocol/table-info.ts";
import { columnType } from "../column-type.ts";
import { commonName, legalName, tableName } from "../names.ts";
import type { NotebookTables } from "../notebook-tables.ts";
import { guessRoles } from "../roles/guess.ts";
import type { TableDraft } from "../table-draft.ts";
import type { Group } from "./groups.ts";
import { joinStaged, type Joined } from "./join.ts";
import { refusalOf } from "./refusal.ts";
import { draftRejects } from "./rejects.ts";
import { rolesOf, type Staged } from "./stage.ts";

/** Puts a group among the tables of the notebook; where that fails nothing of it stays, and each of its files is refused. */
export async function place(
  tables: NotebookTables,
  group: Group,
  name: string | null,
  signal: AbortSignal,
): Promise<ImportResult[]> {
  const { parts } = group;
  const drafts = parts.map(({ draft }) => draft);
  try {
    const whole: Joined = needsJoin(group) ? await joinStaged(tables, group, signal) : parts[0]!;
    drafts.push(whole.draft);
    const rejected = await draftRejects(
      tables,
      parts.map(({ rejects }) => rejects),
    );
    if (rejected) drafts.push(rejected);
    const { reserved } = tables.index.catalogue;
    const wanted = name === null ? ownName(parts, reserved) : legalName(name, reserved);
    const table = await commit(tables, parts, { wanted, asked: name ?? wanted }, whole, rejected);
    return [{ state: "imported", table, notes: table.notes }];
  } catch (error) {
    await abortAll(drafts);
    const files = new Map(parts.map(({ path, bytes }) => [path, bytes]));
    return [...files].map(([file, bytes]) => ({
      state: "refused",
      file,
      refusal: refusalOf(error, bytes, signal),
    }));
  }
}

/** Leaves nothing of any draft, whatever becomes of the others. */
export async function abortAll(drafts: readonly TableDraft[]): Promise<void> {
  await Promise.allSettled(drafts.map((draft) => draft.abort()));
}

function needsJoin({ parts }: Group): boolean {
  return parts.length > 1 || Boolean(parts[0]!.recognition?.amount);
}

function commit(
  tables: NotebookTables,
  parts: readonly Staged[],
  { wanted, asked }: { readonly wanted: string; readonly asked: string },
  { draft, columns }: Joined,
  rejected: TableDraft | undefined,
): Promise<TableInfo> {
  const { recognition } = parts[0]!;
  return draft.commit(
    {
      name: wanted,
      notes: (given) => notesOf(parts, { given, wanted, asked }),
      source: {
        kind: "file",
        files: parts.map(({ path }) => path),
        bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
        recognised: recognition?.set ?? null,
      },
      roles: recognition ? rolesOf(recognition, columns) : guessedRoles(columns, tables, draft.name),
    },
    rejected,
  );
}

/** What the table of these is called where nobody said. */
function ownName(parts: readonly Staged[], reserved: ReadonlySet<string>): string {
  const { recognition, wanted } = parts[0]!;
  if (recognition) return recognition.table;
  if (parts.length === 1) return tableName(wanted, reserved);
  return commonName(
    parts.map(({ wanted }) => wanted),
    reserved,
  );
}

/** The name that was asked for, the nearest that SQL takes, and the one that was free. */
interface Names {
  readonly asked: string;
  readonly wanted: string;
  readonly given: string;
}

function notesOf(parts: readonly Staged[], { asked, wanted, given }: Names): ImportNote[] {
  const notes: ImportNote[] = [];
  const { recognition } = parts[0]!;
  if (recognition) notes.push({ note: "recognised", set: recognition.set });
  const files = parts.map(({ wanted }) => wanted);
  if (files.length > 1) notes.push({ note: "joined-files", count: files.length, files });
  if (given !== wanted) notes.push({ note: "beside-table", from: wanted, to: given });
  else if (given !== asked) notes.push({ note: "renamed-table", from: asked, to: given });
  notes.push(...parts.flatMap((each) => each.notes));
  const count = parts.reduce((sum, { rejects }) => sum + rejects.count, 0);
  const kept = parts.reduce((sum, { rejects }) => sum + rejects.kept.length, 0);
  if (count) notes.push({ note: "rejected", count, table: null, ...(kept < count && { kept }) });
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
