import { afterEach, expect, test, vi } from "vitest";
import type { Output } from "../../../src/protocol/output.ts";

// It keeps the timers that it finds when it is loaded.
vi.useFakeTimers();
const { OutputChannel } = await import("../../../src/kernel/output-channel.ts");

const output = (id: string, text: string): Output => ({
  id,
  data: { "text/plain": text },
  metadata: {},
  buffers: [],
});

/** A channel to a page that shows an output when `draw` is called. */
function channelToPage() {
  const sent: string[] = [];
  const drawing: (() => void)[] = [];
  const channel = new OutputChannel((given) => {
    sent.push(`${given.id} ${JSON.stringify(given.data["text/plain"])}`);
    return new Promise<void>((resolve) => drawing.push(resolve));
  });
  const draw = async (): Promise<void> => {
    drawing.splice(0).forEach((drawn) => drawn());
    await vi.advanceTimersByTimeAsync(100);
  };
  return { channel, sent, draw };
}

afterEach(() => vi.clearAllTimers());

test("an output waits until the page has drawn the last one of its id, and only the newest is sent", async () => {
  const { channel, sent, draw } = channelToPage();
  void channel.show(output("map", "1"));
  await vi.advanceTimersByTimeAsync(100);
  for (const text of ["2", "3", "4"]) void channel.show(output("map", text));
  void channel.show(output("other", "1"));
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toEqual(['map "1"', 'other "1"']);
  await draw();
  expect(sent).toEqual(['map "1"', 'other "1"', 'map "4"']);
});

test("what show gives is resolved once the page has drawn that output or a newer one", async () => {
  const { channel, draw } = channelToPage();
  const shown: string[] = [];
  const show = (text: string) => void channel.show(output("map", text)).then(() => shown.push(text));
  show("1");
  await vi.advanceTimersByTimeAsync(100);
  show("2");
  show("3");
  expect(shown).toEqual([]);
  await draw();
  expect(shown).toEqual(["1"]);
  await draw();
  expect(shown).toEqual(["1", "2", "3"]);
});

test("at the end of a run the newest is sent, whatever the page has drawn", async () => {
  const { channel, sent } = channelToPage();
  void channel.show(output("map", "1"));
  await vi.advanceTimersByTimeAsync(100);
  void channel.show(output("map", "2"));
  channel.flush();
  expect(sent).toEqual(['map "1"', 'map "2"']);
});

test("an output that cannot be sent says so, and nobody waits for it", async () => {
  const sent: Output[] = [];
  const channel = new OutputChannel(async (given) => {
    sent.push(given);
    throw new Error("refused");
  });
  const shown = channel.show(output("map", "1"));
  await vi.advanceTimersByTimeAsync(1000);
  await shown;
  expect(sent.map(({ data }) => data["text/plain"])).toEqual([
    "1",
    expect.stringMatching(/^output "map" could not be shown: .*refused/),
  ]);
});

test("what waits to be sent when the channel closes is not waited for", async () => {
  const { channel, sent } = channelToPage();
  const shown = channel.show(output("map", "1"));
  channel.close();
  await shown;
  expect(sent).toEqual([]);
});
