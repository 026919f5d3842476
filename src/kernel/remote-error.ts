/** Thrown where the database refuses a statement; the message is the database's. */
export class SqlError extends Error {
  override readonly name = "SqlError";
}

/** What the data worker rejected with, as an error of the cell's own, whose stack leads there. */
export function ownError(error: unknown): Error {
  const { name, message } = error as Error;
  if (name === "RangeError") return new RangeError(message);
  return new SqlError(message);
}

/** Calls the data worker; what it rejects with becomes an error of the cell's own, whose stack leads there. */
export async function asOwnCall<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const { name, message } = error as Error;
    const Own = name === "RangeError" ? RangeError : name === "TypeError" ? TypeError : Error;
    throw new Own(message, { cause: error });
  }
}
