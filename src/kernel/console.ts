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
  console.table = console.dir = (value: unknown) => write("stdout", `${inspect(value)}\n`);
  console.assert = (holds?: unknown, ...values: unknown[]) => {
    if (!holds) write("stderr", `Assertion failed${values.map((value) => ` ${inspect(value)}`).join("")}\n`);
  };
}

/** Sends to `write` the errors in `scope` that no code waits for: of timers, and of promises that nobody awaits. */
export function captureErrors(scope: EventTarget, write: (stream: "stderr", text: string) => void): void {
  const caught = (event: Event, thrown: unknown): void => {
    event.preventDefault();
    write("stderr", `Uncaught ${inspect(thrown)}\n`);
  };
  scope.addEventListener("error", (event) => caught(event, (event as ErrorEvent).error));
  scope.addEventListener("unhandledrejection", (event) =>
    caught(event, (event as PromiseRejectionEvent).reason),
  );
}
