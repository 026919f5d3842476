import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Change, NotebookDocument } from "../notebook/document.ts";
import { capOutput } from "../notebook/formats/cap-output.ts";
import { append, openLog, type ChangeLog } from "../notebook/history.ts";
import type { Output } from "../protocol/output.ts";
import { following, type WriteAhead } from "./write-ahead.ts";

/** A notebook as the list shows it. `updated` is milliseconds since 1970. */
export interface NotebookEntry {
  readonly id: string;
  readonly title: string;
  readonly updated: number;
}

/** A notebook as it was stored. */
export interface StoredNotebook {
  readonly log: ChangeLog;
  /** Number of the last change on disk. */
  readonly sequence: number;
  /** The last changes of the log, whose writing to disk had not ended: to be written anew. */
  readonly ahead: readonly Change[];
  /** How many of its changes could not be read again. */
  readonly lost: number;
  /** Set where nothing of it is on disk: it could not be stored as it was made. */
  readonly unborn?: NotebookDocument;
}

/** The most one output may take up on disk, in bytes or characters. */
const mostKept = 16_000_000;

interface Schema extends DBSchema {
  notebooks: { key: string; value: NotebookEntry };
  snapshots: {
    key: [string, number];
    value: { notebook: string; sequence: number; document: NotebookDocument };
  };
  changes: { key: [string, number]; value: { notebook: string; sequence: number; change: Change } };
}

/** Keeps notebooks in IndexedDB: a list, the log of changes of each, and a snapshot now and then. */
export class NotebookStore {
  #database: Promise<IDBPDatabase<Schema>> | null = null;

  constructor(
    /** Keeps changes until they are appended. */
    readonly ahead: WriteAhead,
    private readonly name = "cohortbook",
  ) {}

  /** All notebooks, the latest first. */
  async list(): Promise<NotebookEntry[]> {
    const entries = await (await this.#open()).getAll("notebooks");
    return entries.sort((a, b) => b.updated - a.updated);
  }

  /** The notebook of that id, its log replayed over the latest snapshot; null where there is none. */
  async load(id: string): Promise<StoredNotebook | null> {
    // Before the log, so that what is written meanwhile is in both rather than in neither.
    const kept = this.ahead.all(id);
    const database = await this.#open();
    const snapshots = await database.getAll("snapshots", allOf(id));
    const latest = snapshots.at(-1);
    if (!latest) return null;
    const later = await database.getAll("changes", allOf(id, latest.sequence + 1));
    const sequence = later.at(-1)?.sequence ?? latest.sequence;
    const ahead = following(kept, sequence);
    const changes = [...later.map(({ change }) => change), ...ahead];
    let log = openLog(latest.document);
    for (const [index, change] of changes.entries()) {
      try {
        log = append(log, change);
      } catch {
        const applied = ahead.slice(0, Math.max(0, index - later.length));
        return { log, sequence, ahead: applied, lost: changes.length - index };
      }
    }
    return { log, sequence, ahead, lost: 0 };
  }

  /** Number of the last change of a notebook on disk; 0 where there is none. */
  async sequence(id: string): Promise<number> {
    const database = await this.#open();
    const change = await database.transaction("changes").store.openKeyCursor(allOf(id), "prev");
    const snapshots = await database.getAllKeys("snapshots", allOf(id));
    return Math.max(change?.key[1] ?? 0, snapshots.at(-1)?.[1] ?? 0);
  }

  /** Stores a new notebook; its first snapshot is kept for good, so that the whole log can be replayed. */
  async create(document: NotebookDocument, at: number): Promise<void> {
    const work = (await this.#open()).transaction(["notebooks", "snapshots"], "readwrite");
    await Promise.all([
      work.objectStore("notebooks").put({ id: document.id, title: document.title, updated: at }),
      work
        .objectStore("snapshots")
        .add({ notebook: document.id, sequence: 0, document: capDocument(document) }),
      work.done,
    ]);
  }

  /** Appends changes after number `sequence`. If another tab wrote there first, nothing is written and it fails with a ConstraintError. */
  async append(entry: NotebookEntry, sequence: number, changes: readonly Change[]): Promise<void> {
    const work = (await this.#open()).transaction(["notebooks", "changes"], "readwrite");
    const log = work.objectStore("changes");
    const written = changes.map((change, i) =>
      log.add({ notebook: entry.id, sequence: sequence + 1 + i, change: capChange(change) }),
    );
    const listed = work.objectStore("notebooks").put(entry);
    // At once, so that it is done even if the tab ends now.
    work.commit();
    await Promise.all([...written, listed, work.done]);
  }

  /** Stores the document as it is after change `sequence`, and forgets outputs that later ones replaced. */
  async snapshot(document: NotebookDocument, sequence: number): Promise<void> {
    const work = (await this.#open()).transaction(["snapshots", "changes"], "readwrite");
    const snapshots = work.objectStore("snapshots");
    const log = work.objectStore("changes");
    await snapshots.put({ notebook: document.id, sequence, document: capDocument(document) });
    for (const [id, at] of await snapshots.getAllKeys(allOf(document.id)))
      if (at > 0 && at < sequence) await snapshots.delete([id, at]);
    let cursor = await log.openCursor(allOf(document.id, 1, sequence));
    while (cursor) {
      if (cursor.value.change.change === "set-outputs") await cursor.delete();
      cursor = await cursor.continue();
    }
    await work.done;
  }

  /** Deletes a notebook with its log. */
  async remove(id: string): Promise<void> {
    const work = (await this.#open()).transaction(["notebooks", "snapshots", "changes"], "readwrite");
    await Promise.all([
      work.objectStore("notebooks").delete(id),
      work.objectStore("snapshots").delete(allOf(id)),
      work.objectStore("changes").delete(allOf(id)),
      work.done,
    ]);
    this.ahead.forgetAll(id);
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#database ??= openDB<Schema>(this.name, 1, {
      upgrade(database) {
        database.createObjectStore("notebooks", { keyPath: "id" });
        database.createObjectStore("snapshots", { keyPath: ["notebook", "sequence"] });
        database.createObjectStore("changes", { keyPath: ["notebook", "sequence"] });
      },
      terminated: () => (this.#database = null),
    }).catch((error: unknown) => {
      this.#database = null;
      throw error;
    });
    return this.#database;
  }
}

function capChange(change: Change): Change {
  return change.change === "set-outputs" ? { ...change, outputs: capAll(change.outputs) } : change;
}

function capDocument(document: NotebookDocument): NotebookDocument {
  return { ...document, cells: document.cells.map((cell) => ({ ...cell, outputs: capAll(cell.outputs) })) };
}

function capAll(outputs: readonly Output[]): readonly Output[] {
  return outputs.map((output) => capOutput(output, mostKept));
}

function allOf(id: string, from = 0, to = Infinity): IDBKeyRange {
  return IDBKeyRange.bound([id, from], [id, to]);
}
