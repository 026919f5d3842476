import { inspect } from "./inspect.ts";

/** Sends what `console` writes in `scope` to `write`, one line a call. */
export function captureConsole(
  scope: typeof globalThis,
  write: (stream: "stdout" | "stderr", text: string) => void,
): void {
  const line =
    (stream: "stdout" | "stderr") =>
    (...values: unknown[]): void =>
      write(stream, `${values.map(inspect).join(" ")}\n`);
  const { console } = scope;
  console.log = console.info = console.debug = line("stdout");
  console.warn = console.error = console.trace = line("stderr");
  console.table = (value: unknown) => write("stdout", `${inspect(value)}\n`);
}
