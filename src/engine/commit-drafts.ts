import type { Kept, TableInfo } from "../protocol/table-info.ts";
import type { Database } from "./database.ts";
import { legalName } from "./names.ts";
import { identifier } from "./sql.ts";
import { keptTable, type KeptTables } from "./store/kept-tables.ts";
import type { RowFileWriter } from "./store/row-file.ts";
import type { NewTable, TableDraft } from "./table-draft.ts";
import { newMeta, type TableMeta } from "./table-facts.ts";
import type { Found, TableIndex } from "./table-index.ts";

/** Makes tables of drafts: of the first the new table, of the second the one of its rejected rows. Gives the first. */
export async function commitDrafts(
  database: Database,
  index: TableIndex,
  kept: KeptTables,
  { name, source, roles, notes }: NewTable,
  drafts: readonly TableDraft[],
): Promise<TableInfo> {
  const files = await Promise.all(drafts.map((draft) => draft.takeFile()));
  const first = index.freeName(legalName(name, index.catalogue.reserved));
  const names = [first, index.freeName(`${first}_rejected`)].slice(0, drafts.length);
  try {
    database.transaction(
      drafts.map((draft, i) => `ALTER TABLE main.${draft.name} RENAME TO ${identifier(names[i]!)}`),
    );
  } catch (error) {
    await discard(files);
    throw error;
  }
  const ofRejects = newMeta(source);
  const metas: TableMeta[] = [
    {
      ...newMeta(source, new Map([...roles].map(([column, role]) => [column, { role }]))),
      rejected: drafts.length > 1 ? ofRejects.identity : null,
      notes: notes?.(first) ?? [],
    },
    ofRejects,
  ];
  let failure: unknown = drafts.map((draft) => draft.failure).find((each) => each !== null);
  const know = (state: Kept, ids: readonly string[]): Found[] =>
    names.map((name, i) => index.know("main", name, { meta: metas[i]!, kept: state, id: ids[i] ?? null }));
  const whole = files.filter((file) => file !== null);
  if (whole.length === drafts.length) {
    const found = know(
      "disk",
      whole.map(({ id }) => id),
    );
    try {
      const tables = found.map((each, i) => keptTable(index.info(each), metas[i]!, whole[i]!));
      await kept.change((before) => [...before, ...tables]);
      return index.info(found[0]!);
    } catch (error) {
      // Not even the list of tables could be written: it stays in memory.
      failure = error;
    }
  }
  await discard(files);
  return index.info(know(kept.unkept(failure), [])[0]!);
}

async function discard(files: readonly (RowFileWriter | null)[]): Promise<void> {
  for (const file of files) await file?.discard().catch(() => undefined);
}
