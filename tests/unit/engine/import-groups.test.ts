import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Row } from "../../../src/data/table.ts";
import { TableDraft } from "../../../src/engine/table-draft.ts";
import { Dropping } from "./dropping.ts";

let dropping: Dropping;

beforeAll(async () => {
  dropping = await Dropping.open();
});

beforeEach(async () => {
  await dropping.clear();
});

test.each(["joining", "rejected rows", "the commit"] as const)(
  "where %s cannot be written, every file of the group is refused and no draft stays",
  async (failing) => {
    const drafts = (): Row[] => dropping.tables.database.rows("SELECT table_name FROM duckdb_tables()");
    const before = drafts();
    const insert: unknown = Reflect.get(TableDraft.prototype, "insert");
    // One for the rows of each part, one for those of each that are joined, and one for what was rejected.
    const whole = { joining: 3, "rejected rows": 4, "the commit": 5 }[failing];
    let inserted = 0;
    vi.spyOn(TableDraft.prototype, "insert").mockImplementation(function (this: TableDraft, rows) {
      if (inserted++ === whole) throw new Error("no room");
      Reflect.apply(insert as () => void, this, [rows]);
    });
    vi.spyOn(TableDraft.prototype, "commit").mockRejectedValue(new Error("no room"));
    const results = await dropping.drop(
      ["parts/a.ndjson", '{"id":1}\n?\n'],
      ["parts/b.ndjson", '{"id":2}\n'],
    );
    vi.restoreAllMocks();
    const refusal = { why: "unreadable", message: "no room", line: null };
    expect(results).toEqual([
      { state: "refused", file: "parts/a.ndjson", refusal },
      { state: "refused", file: "parts/b.ndjson", refusal },
    ]);
    expect(inserted).toBe(Math.min(whole + 1, 5));
    expect(drafts()).toEqual(before);
  },
);
