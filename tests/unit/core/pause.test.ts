import { expect, test } from "vitest";
import { pacer, pause } from "../../../src/core/pause.ts";

test("pauses let a timer that is due go first", async () => {
  const heard = timer(5);
  const start = performance.now();
  while (performance.now() - start < 10);
  await pause();
  await pause();
  expect(heard()).toBe(true);
});

test("a pacer pauses only once its time has passed", async () => {
  const heard = timer(5);
  const pace = pacer(50);
  const start = performance.now();
  while (performance.now() - start < 20) await pace();
  expect(heard()).toBe(false);
  while (performance.now() - start < 200) await pace();
  expect(heard()).toBe(true);
});

function timer(milliseconds: number): () => boolean {
  let heard = false;
  setTimeout(() => (heard = true), milliseconds);
  return () => heard;
}
