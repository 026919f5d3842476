import { expect, test } from "vitest";
import { captureErrors } from "../../../src/kernel/console.ts";

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
