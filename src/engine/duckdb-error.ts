/** Thrown where DuckDB refuses a statement. The message is DuckDB's, which may quote a line of the statement with a caret below. */
export class DuckDBError extends Error {}

/** The same call; what DuckDB throws in it is a `DuckDBError`. */
export function plainErrors<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw new DuckDBError(plainMessage(error instanceof Error ? error.message : String(error)), {
      cause: error,
    });
  }
}

/** An error of a statement that stands below a line of the engine's own, as it would be without that line. */
export function oneLineLess(error: unknown): Error {
  const { message } = error as Error;
  return new DuckDBError(
    message.replace(/^LINE (\d+):/gm, (_, line: string) => `LINE ${Number(line) - 1}:`),
    { cause: error },
  );
}

/** Errors of a query under way come as JSON, those of the others as text. */
function plainMessage(message: string): string {
  const text = message.replace(/^Unexpected StatusCode.*?error as/, "").trim();
  if (!text.startsWith('{"exception_type"')) return withoutAdvice(text);
  const { exception_type: type, exception_message: reason } = JSON.parse(text) as Record<string, string>;
  return withoutAdvice(`${type} Error: ${reason}`);
}

/** What DuckDB advises where memory is short is about files and settings, which are not to be had here. */
function withoutAdvice(message: string): string {
  return message.replace(/^(Out of Memory Error: .*)\n[^]*/, "$1");
}
