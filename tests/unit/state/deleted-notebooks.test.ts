import { expect, test } from "vitest";
import { DeletedNotebooks } from "../../../src/state/deleted-notebooks.ts";

/** The locks that the tabs of one origin share. */
class SharedLocks {
  readonly #held = new Set<{ readonly name: string }>();

  async request(name: string, _: object, hold: () => Promise<void>): Promise<void> {
    const lock = { name };
    this.#held.add(lock);
    await hold();
    this.#held.delete(lock);
  }

  async query(): Promise<{ readonly held: { readonly name: string }[] }> {
    return { held: [{ name: "cohortbook.tables.open" }, ...this.#held] };
  }
}

test("a notebook that can still be had back is listed in every tab, until it is taken off", async () => {
  const locks = new SharedLocks();
  const [here, there] = [new DeletedNotebooks(locks), new DeletedNotebooks(locks)];
  const release = await here.add("a");
  const again = await there.add("a");
  release();
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(await there.list()).toEqual(["a"]);
  again();
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(await there.list()).toEqual([]);
});

test("a notebook that is deleted or had back while the others are listed is among them", async () => {
  const deleted = new DeletedNotebooks(new SharedLocks());
  const release = await deleted.add("back");
  const all = await deleted.and(async () => {
    release();
    await deleted.add("deleted");
    return ["stored"];
  });
  expect([...all].sort()).toEqual(["back", "deleted", "stored"]);
});

test("where there are no locks, none is listed", async () => {
  const deleted = new DeletedNotebooks(undefined);
  (await deleted.add("a"))();
  expect(await deleted.list()).toEqual([]);
});
