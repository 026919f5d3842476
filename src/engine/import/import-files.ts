import { pause } from "../../core/pause.ts";
import type { ImportFile, ImportOptions, ImportProgress, ImportResult } from "../../protocol/import.ts";
import type { NotebookTables } from "../notebook-tables.ts";
import { alone, groupsOf, type Group } from "./groups.ts";
import { abortAll, place } from "./place.ts";
import { refusalOf } from "./refusal.ts";
import { stageFile, type Running, type Staged } from "./stage.ts";

/** Reads files into tables: those of one shape become one, unless `separate` says otherwise. A file that is refused changes nothing. */
export async function importFiles(
  tables: NotebookTables,
  files: readonly ImportFile[],
  name: string | null,
  progress: (progress: ImportProgress) => void,
  signal: AbortSignal,
  { separate = false }: ImportOptions = {},
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
      refused.push({ state: "refused", file: each.path, refusal: refusalOf(error, each.file.size, signal) });
    }
    before += each.file.size;
  }
  let groups: readonly Group[];
  try {
    signal.throwIfAborted();
    groups = separate ? alone(staged) : groupsOf(tables.database, staged);
  } catch (error) {
    await abortAll(staged.map(({ draft }) => draft));
    return files.map(({ file, path }) => ({
      state: "refused",
      file: path,
      refusal: refusalOf(error, file.size, signal),
    }));
  }
  const imported: ImportResult[] = [];
  for (const group of groups) {
    progress({ phase: "keeping", file: group.parts[0]!.path, done: total, total });
    imported.push(...(await place(tables, group, name, signal)));
  }
  return [...imported, ...refused];
}
