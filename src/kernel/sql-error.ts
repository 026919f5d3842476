/** Thrown where DuckDB refuses a statement; the message is DuckDB's. */
export class SqlError extends Error {
  override readonly name = "SqlError";
}

/** What the data worker rejected with, as an error of the cell's own, whose stack leads there. */
export function ownError(error: unknown): Error {
  const { name, message } = error as Error;
  return name === "RangeError" ? new RangeError(message) : new SqlError(message);
}
