import { afterEach, expect, test, vi } from "vitest";
import { drawn } from "../../../src/state/drawn.ts";

/** A page whose next frame is drawn when `frame` is called. */
function fakePage(hidden: boolean) {
  const document = Object.assign(new EventTarget(), { hidden });
  const frames: (() => void)[] = [];
  vi.stubGlobal("document", document);
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => frames.push(draw));
  return {
    frame: () => frames.splice(0).forEach((draw) => draw()),
    hide: () => {
      document.hidden = true;
      document.dispatchEvent(new Event("visibilitychange"));
    },
  };
}

afterEach(() => vi.unstubAllGlobals());

test("a visible page has drawn once its next frame is over", async () => {
  const page = fakePage(false);
  let seen = false;
  const done = drawn().then(() => (seen = true));
  await new Promise((resolve) => setTimeout(resolve));
  expect(seen).toBe(false);
  page.frame();
  await done;
});

test("a page that is hidden, or becomes so before its next frame, is not waited for", async () => {
  const page = fakePage(false);
  const done = drawn();
  page.hide();
  await done;
  await drawn();
});
