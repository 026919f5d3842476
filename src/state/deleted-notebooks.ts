const prefix = "cohortbook.deleted.";

interface Locks {
  request(name: string, options: LockOptions, hold: () => Promise<void>): Promise<unknown>;
  query(): Promise<Pick<LockManagerSnapshot, "held">>;
}

/** The notebooks that were deleted and can still be had back, in whatever tab: a Web Lock each, so that none outlives its tab. */
export class DeletedNotebooks {
  /** `locks` are the browser's, where it has them. */
  constructor(private readonly locks: Locks | undefined) {}

  /** Adds a notebook; gives what takes it off again. */
  add(notebook: string): Promise<() => void> {
    const { locks } = this;
    if (!locks) return Promise.resolve(() => undefined);
    return new Promise((resolve, reject) => {
      locks
        .request(
          prefix + notebook,
          { mode: "shared" },
          () => new Promise<void>((release) => resolve(release)),
        )
        .catch(reject);
    });
  }

  /** Their ids. */
  async list(): Promise<readonly string[]> {
    const { held = [] } = (await this.locks?.query()) ?? {};
    return held.flatMap(({ name }) => (name?.startsWith(prefix) ? name.slice(prefix.length) : []));
  }

  /** Their ids, and those that `others` gives: one that is deleted or had back meanwhile is among them. */
  async and(others: () => Promise<readonly string[]>): Promise<readonly string[]> {
    const before = await this.list();
    const given = await others();
    return [...new Set([...before, ...given, ...(await this.list())])];
  }
}
