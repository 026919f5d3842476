import { expect, test } from "vitest";
import { captureConsole, captureErrors } from "../../../src/kernel/console.ts";

test("an error that no code waits for is written, and goes no further", () => {
  const scope = new EventTarget();
  const written: string[] = [];
  captureErrors(scope, (stream, text) => written.push(`${stream}: ${text}`));
  const error = Object.assign(new Event("error", { cancelable: true }), { error: new RangeError("late") });
  const rejection = Object.assign(new Event("unhandledrejection", { cancelable: true }), {
    reason: { code: 7 },
  });
  scope.dispatchEvent(error);
  scope.dispatchEvent(rejection);
  expect(written).toEqual(["stderr: Uncaught RangeError: late\n", "stderr: Uncaught { code: 7 }\n"]);
  expect([error.defaultPrevented, rejection.defaultPrevented]).toEqual([true, true]);
});

test("what the console writes is one line a call, warnings and failed assertions on the other stream", () => {
  const written: string[] = [];
  const scope = { console: {} as Console } as typeof globalThis;
  captureConsole(scope, (stream, text) => written.push(`${stream}: ${text}`));
  scope.console.log("n", 1 / 3);
  scope.console.dir({ a: 1 });
  scope.console.warn("careful");
  scope.console.assert(true, "unseen");
  scope.console.assert(false, "x is", 0);
  expect(written).toEqual([
    "stdout: n 0.3333333333333333\n",
    "stdout: { a: 1 }\n",
    "stderr: careful\n",
    "stderr: Assertion failed x is 0\n",
  ]);
});
