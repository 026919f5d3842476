/** A `Storage` of a page that holds values of `room` characters at most. */
export function mapStorage(
  room = Infinity,
): Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length"> {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem(key, value) {
      if (value.length > room) throw new DOMException("no room", "QuotaExceededError");
      values.set(key, value);
    },
    removeItem: (key) => void values.delete(key),
    key: (i) => [...values.keys()][i] ?? null,
    get length() {
      return values.size;
    },
  };
}
