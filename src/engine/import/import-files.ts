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
  { separate }: ImportOptions = {},
): Promise<readonly ImportResult[]> {
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
    groups = separate ? alone(await onlyParts(staged, separate)) : groupsOf(tables.database, staged);
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
  const results = [...imported, ...refused];
  return separate ? allOrNone(tables, results) : results;
}

/** Those that are parts of a joined table; nothing of the others stays. */
async function onlyParts(staged: readonly Staged[], parts: readonly string[]): Promise<Staged[]> {
  const isPart = ({ wanted }: Staged): boolean => parts.includes(wanted);
  await abortAll(staged.filter((each) => !isPart(each)).map(({ draft }) => draft));
  return staged.filter(isPart);
}

/** Takes away what came in where not all did. */
async function allOrNone(
  tables: NotebookTables,
  results: readonly ImportResult[],
): Promise<readonly ImportResult[]> {
  const refused = results.filter(({ state }) => state === "refused");
  if (!refused.length) return results;
  for (const result of results) if (result.state === "imported") await tables.remove(result.table.name);
  return refused;
}
