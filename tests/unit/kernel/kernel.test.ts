import { expect, test } from "vitest";
import { tableFromArrow } from "../../../src/data/arrow.ts";
import { droppedKey, mime, streamKey } from "../../../src/protocol/output.ts";
import { kernelAtHand } from "./kernel-at-hand.ts";

test("the names a cell defines are there for the next one", async () => {
  const { run, text } = kernelAtHand();
  await run("const x = 20", [], ["x"]);
  await run("return { value: x * 2 + 2, exports: {} }", ["x"]);
  expect(text("result")).toBe("42");
});

test("a name that no cell has defined is a ReferenceError", async () => {
  const { run } = kernelAtHand();
  const result = await run("", ["missing"]);
  expect(result).toMatchObject({
    state: "failed",
    error: { name: "ReferenceError", message: "missing is not defined" },
  });
});

test("a name that the library has is a ReferenceError that says how to import it", async () => {
  const { run } = kernelAtHand();
  const error = { message: 'rfm is not defined: import { rfm } from "cohortbook" first' };
  expect(await run("rfm(1)")).toMatchObject({ state: "failed", error });
  expect(await run("rfm(1)", ["rfm"])).toMatchObject({ state: "failed", error });
});

test("an error says where in the code it was thrown", async () => {
  const { run } = kernelAtHand();
  const result = await run("\nfunction deep() {\n  null.x\n}\ndeep()");
  expect(result.state).toBe("failed");
  if (result.state !== "failed") return;
  expect(result.error.name).toBe("TypeError");
  expect(result.error.frames.slice(0, 2)).toEqual([
    { cell: "a", line: 3, column: 8, name: "deep" },
    expect.objectContaining({ cell: "a", line: 5, column: 1 }),
  ]);
});

test("a last value that is a promise is awaited, and its failure is the cell's", async () => {
  const { run, text } = kernelAtHand();
  await run("return { value: Promise.resolve(42), exports: {} }");
  expect(text("result")).toBe("42");
  const failed = await run("return { value: Promise.reject(new RangeError('late')), exports: {} }");
  expect(failed).toMatchObject({ state: "failed", error: { name: "RangeError", message: "late" } });
});

test("a thrown value that is no Error is reported as what it is", async () => {
  const { run } = kernelAtHand();
  expect(await run("throw { code: 7 }")).toMatchObject({
    state: "failed",
    error: { message: "{ code: 7 }" },
  });
});

test("a cell that awaits for ever ends when it is interrupted, and the next one runs", async () => {
  const { kernel, run, text } = kernelAtHand();
  const running = run("await new Promise(() => {})");
  setTimeout(() => kernel.interrupt(), 20);
  expect((await running).state).toBe("stopped");
  expect((await run("return { value: 'alive', exports: {} }")).state).toBe("done");
  expect(text("result")).toBe("alive");
});

test("a cell that is stopped before its code began never begins", async () => {
  const { kernel, run } = kernelAtHand();
  const running = run("globalThis.begunAfterStop = true");
  await Promise.resolve().then(() => kernel.interrupt());
  expect((await running).state).toBe("stopped");
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect("begunAfterStop" in globalThis).toBe(false);
});

test("a call to the data worker ends with the cell", async () => {
  let cancelled = 0;
  const { kernel, run } = kernelAtHand({
    query: () => new Promise(() => undefined),
    cancel: async () => void cancelled++,
  });
  const running = run("await sql`select 1`", ["sql"]);
  setTimeout(() => kernel.interrupt(), 20);
  expect((await running).state).toBe("stopped");
  expect(cancelled).toBe(1);
});

test("cells run one at a time, in the order they were asked for", async () => {
  const { run, text } = kernelAtHand();
  const slow = run("await new Promise((r) => setTimeout(r, 30)); const order = ['slow']", [], ["order"]);
  const fast = run("return { value: [...order, 'fast'].join(' '), exports: {} }", ["order"]);
  await Promise.all([slow, fast]);
  expect(text("result")).toBe("slow fast");
});

test("values in sql are bound, and a Table is a relation that is released", async () => {
  const { run, queries, released, shown } = kernelAtHand();
  const result = await run(
    'const rows = await sql`select * from shop.orders where amount > ${5} and who = ${"x\'; drop"}`; const again = await sql`select n from ${rows}`; return { value: again, exports: {} }',
    ["sql"],
  );
  expect(result.state).toBe("done");
  expect(queries).toEqual([
    { sql: "select * from shop.orders where amount > ? and who = ?", parameters: [5, "x'; drop"] },
    { sql: "select n from lent.relation_3", parameters: [] },
  ]);
  expect(released).toEqual(["lent.relation_3"]);
  const output = shown.get("result")!;
  expect(output.data[mime.table]).toMatchObject({
    rows: 3,
    kept: 3,
    columns: [{ name: "n", type: "number" }],
  });
  expect([...tableFromArrow(new Uint8Array(output.buffers[0]!)).column("n")]).toEqual([1, 2, 3]);
});

test("a refused statement is a SqlError whose stack leads to the cell", async () => {
  const { run } = kernelAtHand({ query: () => Promise.reject(new Error("Catalog Error: no table")) });
  const result = await run("\n  await sql`select * from nowhere`", ["sql"]);
  expect(result).toMatchObject({
    state: "failed",
    error: {
      name: "SqlError",
      message: "Catalog Error: no table",
      frames: [{ cell: "a", line: 2, column: 3 }],
    },
  });
});

test("table names are quoted part by part", async () => {
  const { run, queries } = kernelAtHand();
  await run("await table('shop.or\"ders')", ["table"]);
  expect(queries[0]!.sql).toBe('select * from "shop"."or""ders"');
});

test("a name that is listed in quotes is taken as what stands between them", async () => {
  const { run, queries } = kernelAtHand();
  await run(`await table('"my table"'); await table('shop."a.""b"')`, ["table"]);
  expect(queries.map(({ sql }) => sql)).toEqual(['select * from "my table"', 'select * from "shop"."a.""b"']);
});

test("display with an id updates in place, and console text comes as a stream", async () => {
  const { kernel, run, shown, text } = kernelAtHand();
  kernel.write("stdout", "before any cell\n");
  await run("display(1, { id: 'n' }); display(2, { id: 'n' }); display('other')", ["display"]);
  expect(text("n")).toBe("2");
  expect(text("output-1")).toBe("other");
  expect(shown.size).toBe(2);
});

test("a flood of outputs ends after 1,000 of them, and says so", async () => {
  const { run, shown, text } = kernelAtHand();
  const result = await run(
    "for (let i = 0; i < 50000; i++) display(i); display('again', { id: 'output-1' })",
    ["display"],
  );
  expect(result.state).toBe("done");
  expect(shown.size).toBe(1001);
  expect(text("output-1")).toBe("again");
  expect(text("cut")).toBe("… cut after 1000 outputs\n");
});

test("a text of millions of characters is cut, and says so", async () => {
  const { run, text } = kernelAtHand();
  await run("return { value: 'x'.repeat(3e6), exports: {} }");
  expect(text("result")).toMatch(/^x{1000000}\n… cut after 1000000 of 3000000 characters$/);
});

test.each([
  ["a function", "() => 1"],
  ["a promise", "Promise.resolve()"],
])("a bundle that holds %s fails the cell rather than vanishing", async (_, member) => {
  const { run } = kernelAtHand();
  const body = `display({ [Symbol.for("Jupyter.display")]: () => ({ "text/plain": "x", "application/json": ${member} }) })`;
  expect(await run(body, ["display"])).toMatchObject({
    state: "failed",
    error: { name: "TypeError", message: expect.stringContaining("plain data") as string },
  });
});

test("only the three known modules can be imported", async () => {
  const { run } = kernelAtHand();
  expect(await run("await __import('left-pad')")).toMatchObject({
    state: "failed",
    error: { message: expect.stringContaining('cannot import "left-pad"') as string },
  });
});

test("a cell whose SQL drops imported tables says that they come back, be it that it fails", async () => {
  let asked = 0;
  const dropped = async (): Promise<string[]> => (asked++, ["orders", "people"]);
  const { run, shown } = kernelAtHand({ dropped });
  await run("console.log(1)");
  expect(asked).toBe(0);
  for (const end of ["", "; null.x"]) {
    await run(`await sql\`drop table orders\`${end}`, ["sql"]);
    expect(shown.get("dropped-tables")).toMatchObject({
      data: { "text/plain": expect.stringMatching(/^dropped in this tab alone: orders, people\./) as string },
      metadata: { [streamKey]: "stderr", [droppedKey]: ["orders", "people"] },
    });
    shown.clear();
  }
});
