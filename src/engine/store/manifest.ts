import type { ImportNote } from "../../protocol/import.ts";
import type { ColumnInfo, TableSource } from "../../protocol/table-info.ts";
import { identified, type EarlierTable } from "./earlier-tables.ts";
import type { Folder } from "./folder.ts";

/** A table that is kept: what is known of it, and the file that holds its rows. */
export interface KeptTable {
  /** Names the file; a table that is written anew gets another one. */
  readonly id: string;
  readonly name: string;
  readonly rows: number;
  /** The size of the file. */
  readonly bytes: number;
  readonly columns: readonly ColumnInfo[];
  readonly source: TableSource;
  /** Stays what it is when the table is written anew. */
  readonly identity: string;
  /** The identity of the table of its rejected rows; null where it never had one. */
  readonly rejected: string | null;
  /** What was noted when it was imported. */
  readonly notes: readonly ImportNote[];
}

/** The list of a notebook's tables: a table is kept from the moment that a manifest names it, and no longer than that. */
export interface Manifest {
  /** Counts the manifests of a folder; the highest one that is whole counts. */
  readonly number: number;
  readonly tables: readonly KeptTable[];
}

/** How manifests are written; a later one is refused, for it is not understood. */
const version = 1;

const pattern = /^manifest-(\d+)\.json$/;

/** The folder's manifest: the highest one that is whole; null where there never was one. Where none can be read, an Error. */
export async function readManifest(folder: Folder): Promise<Manifest | null> {
  // Whoever changes the folder removes the last manifest once the next one is whole, so one may be gone before it is read.
  for (let attempt = 0; attempt < 5; attempt++) {
    const numbers = manifestNumbers(await folder.names()).sort((a, b) => b - a);
    if (!numbers.length) return null;
    const failures: Unread[] = [];
    for (const number of numbers) {
      const tables = await readTables(folder, number);
      if (typeof tables !== "string") return { number, tables };
      failures.push(tables);
    }
    // Whoever was cut off in the first change of all left a manifest that names nothing.
    if (numbers.at(-1) === 1 && failures.every((failure) => failure === "cut-off")) return null;
  }
  throw new Error(
    "the list of this notebook's tables is damaged: they cannot be read, and are left as they are",
  );
}

/** Writes a manifest whole: from then on it is the one that counts. Removes those before it, as far as they can be removed. */
export async function writeManifest(folder: Folder, { number, tables }: Manifest): Promise<void> {
  const content = JSON.stringify(tables);
  const text = JSON.stringify({ version, sha256: await sha256(content), content });
  const name = `manifest-${number}.json`;
  try {
    const file = await folder.create(name);
    try {
      file.write(new TextEncoder().encode(text));
      file.flush();
    } finally {
      file.close();
    }
  } catch (error) {
    await folder.remove(name).catch(() => undefined);
    throw error;
  }
  // What cannot be removed now is removed after the next change.
  await removeBefore(folder, number).catch(() => undefined);
}

async function removeBefore(folder: Folder, number: number): Promise<void> {
  for (const before of manifestNumbers(await folder.names()))
    if (before < number) await folder.remove(`manifest-${before}.json`);
}

/** The numbers of the manifests among these files, whole or not. */
export function manifestNumbers(names: readonly string[]): number[] {
  return names.flatMap((name) => pattern.exec(name)?.[1] ?? []).map(Number);
}

/** Why a manifest cannot be read: it is removed, its end was never written, or it was changed since. */
type Unread = "gone" | "cut-off" | "damaged";

/** How a manifest ends that was written whole; nothing within it looks like that. */
const end = ']"}';

async function readTables(folder: Folder, number: number): Promise<readonly KeptTable[] | Unread> {
  const text = await readText(folder, `manifest-${number}.json`);
  if (text === null) return "gone";
  if (!text.endsWith(end)) return "cut-off";
  const written = parsed(text);
  if (typeof written?.content !== "string") return "damaged";
  if (written.sha256 !== (await sha256(written.content))) return "damaged";
  if (written.version !== version)
    throw new Error(
      `the tables of this notebook were kept by another version of Cohortbook: expected ${version}, got ${String(written.version)}`,
    );
  return identified(JSON.parse(written.content) as readonly EarlierTable[]);
}

async function readText(folder: Folder, name: string): Promise<string | null> {
  try {
    const file = await folder.open(name);
    return new TextDecoder().decode(await file.read(0, file.size));
  } catch {
    return null;
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return null;
  }
}

async function sha256(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
