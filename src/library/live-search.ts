import type { Device } from "../compute/device.ts";
import type { SearchUnit } from "../specs/training.ts";
import { pacer } from "./pause.ts";
import { LiveFit } from "./training-live.ts";

/** Milliseconds after which a search shows itself: most are over by then. */
const long = 500;

/** Runs a search that awaits `breathe` with how many of its rows or items are done; it is shown live once it takes long. Stop there, like stopping the cell, is an AbortError. */
export async function liveSearch<T>(
  title: string,
  count: number,
  unit: SearchUnit,
  device: Device,
  search: (breathe: (done: number) => Promise<void>) => Promise<T>,
): Promise<T> {
  const live = new LiveFit(title, count, unit);
  const rest = pacer();
  const started = performance.now();
  let progress = { loss: [], validationLoss: [], done: 0 };
  let shown = false;
  try {
    const found = await search(async (done) => {
      progress = { ...progress, done };
      if (!shown && performance.now() - started >= long) {
        shown = true;
        live.begin(device);
      }
      if (shown) live.progress(progress);
      await rest();
      if (live.stopped) throw stopped();
    });
    live.end("done", progress);
    return found;
  } catch (error) {
    live.end(live.aborted || live.stopped ? "aborted" : "failed", progress);
    // Whatever failed meanwhile: who was asked to stop does not begin again elsewhere.
    live.throwIfAborted();
    throw live.stopped ? stopped() : error;
  }
}

function stopped(): DOMException {
  return new DOMException("the search was stopped", "AbortError");
}
