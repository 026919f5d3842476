import { expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.ts";
import { newCell, newNotebook } from "../../../src/notebook/create.ts";
import { fromFragment, toFragment } from "../../../src/notebook/formats/link.ts";

const notebook = (...sources: string[]) =>
  newNotebook(
    seededRandom(1),
    "Linked 漢字",
    sources.map((source, i) => newCell(`c${i}`, "code", source)),
    { truth: true },
  );
const read = (fragment: string) => fromFragment(fragment, seededRandom(2));

test("a notebook goes into a link and comes out whole", async () => {
  const document = notebook("const a = '🙂'", "a");
  const fragment = await toFragment(document);
  expect(fragment).toMatch(/^notebook=[A-Za-z0-9_-]+$/);
  for (const link of [fragment, `#${fragment}`])
    expect({ ...(await read(link)), id: document.id }).toEqual(document);
});

test("outputs are left out of a link that they make too long", async () => {
  const random = seededRandom(3);
  const noise = Array.from({ length: 1_500_000 }, () => String.fromCharCode(33 + random.integer(90))).join(
    "",
  );
  const output = { id: "o", data: { "text/plain": noise }, metadata: {}, buffers: [] };
  const document = notebook("1");
  const fragment = await toFragment({ ...document, cells: [{ ...document.cells[0]!, outputs: [output] }] });
  expect(fragment.length).toBeLessThan(1000);
  expect((await read(fragment))!.cells[0]).toMatchObject({ source: "1", outputs: [] });
});

test("a fragment without a notebook is none", async () => {
  expect(await read("")).toBe(null);
  expect(await read("#section-2")).toBe(null);
});

test("a link that was cut or changed is refused", async () => {
  const fragment = await toFragment(notebook("const a = 1"));
  for (const broken of [fragment.slice(0, -9), "notebook=", "notebook=%%%", "notebook=AAAA", `${fragment}🙂`])
    await expect(read(broken), broken).rejects.toThrow(
      /cannot open "link" as a notebook: the link is broken off/,
    );
});

test("a link that unfolds without end is refused", async () => {
  const bomb = new Blob([new Uint8Array(70_000_000)])
    .stream()
    .pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = Buffer.from(await new Response(bomb).arrayBuffer());
  await expect(read(`notebook=${bytes.toString("base64url")}`)).rejects.toThrow("the link is broken off");
});
