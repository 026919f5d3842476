import { expect, test } from "vitest";
import { analyseNotebook, type NotebookGraph } from "../../../src/notebook/graph.ts";

const cells = (...sources: string[]) =>
  sources.map((source, i) => ({ id: "abcdefgh"[i]!, kind: "code" as const, source, metadata: {} }));
const node = (graph: NotebookGraph, id: string) => graph.cells.get(id)!;

test("a cell needs the cells that define its inputs, wherever they stand", () => {
  const graph = analyseNotebook(cells("x + y", "const x = 1", "const y = x"));
  expect(node(graph, "a")).toMatchObject({
    inputs: ["x", "y"],
    needs: ["b", "c"],
    dependants: [],
    problems: [],
  });
  expect(node(graph, "b")).toMatchObject({ outputs: ["x"], needs: [], dependants: ["c", "a"] });
});

test("dependants come after all they need, and only once", () => {
  const graph = analyseNotebook(
    cells("const a = 1", "const d = b + c", "const b = a", "const c = a + b", "d", "1"),
  );
  expect(node(graph, "a").dependants).toEqual(["c", "d", "b", "e"]);
});

test("two cells that define one name are told of each other", () => {
  const graph = analyseNotebook(cells("const x = 1", "1\nlet x = 2", "x"));
  expect(node(graph, "a").problems).toEqual([{ problem: "duplicate", name: "x", offset: 6, cells: ["b"] }]);
  expect(node(graph, "b").problems).toEqual([{ problem: "duplicate", name: "x", offset: 6, cells: ["a"] }]);
  expect(node(graph, "c")).toMatchObject({ needs: ["a", "b"], problems: [] });
});

test("two cells may import one thing under one name", () => {
  const graph = analyseNotebook(
    cells(
      'import { clone, a as b } from "cohortbook"',
      'import { clone } from "cohortbook"',
      'import { b } from "cohortbook"',
    ),
  );
  expect(node(graph, "a").problems).toEqual([{ problem: "duplicate", name: "b", offset: 21, cells: ["c"] }]);
  expect(node(graph, "b").problems).toEqual([]);
});

test("names inside functions and loops belong to nobody", () => {
  const graph = analyseNotebook(cells("for (let i = 0; i < 1; i++) {}", "const f = (i) => i", "i"));
  expect(node(graph, "c")).toMatchObject({ inputs: [], needs: [] });
});

test("cells that wait for each other are all told of the circle", () => {
  const graph = analyseNotebook(cells("const x = y", "const y = z", "const z = x", "x", "1"));
  for (const id of ["a", "b", "c"])
    expect(node(graph, id).problems).toEqual([{ problem: "cycle", cells: ["a", "b", "c"] }]);
  expect(node(graph, "d").problems).toEqual([]);
  expect(node(graph, "a").dependants).not.toContain("a");
});

test("a table that one cell makes and another reads ties them", () => {
  const graph = analyseNotebook(
    cells(
      'await sql`select * from shop.orders, "Big"`',
      'await dataset("shop")',
      "await sql`create table big as select 1`",
      'await table("telco")',
    ),
  );
  expect(node(graph, "a").needs).toEqual(["b", "c"]);
  expect(node(graph, "b").dependants).toEqual(["a"]);
  expect(node(graph, "d").needs).toEqual([]);
});

test("a cell being typed keeps the names it had when it could last be read", () => {
  const first = analyseNotebook(cells("const x = 1", "x"));
  const second = analyseNotebook(cells("const x = 1 +", "x"), first);
  expect(node(second, "a").problems).toMatchObject([
    { problem: "syntax", error: { message: "Unexpected end of the cell" } },
  ]);
  expect(node(second, "b").inputs).toEqual(["x"]);
  expect(second.readings.get("b")).toBe(first.readings.get("b"));
});

test("prose defines nothing", () => {
  const graph = analyseNotebook([
    { id: "p", kind: "markdown", source: "const x = 1", metadata: {} },
    ...cells("x"),
  ]);
  expect([...graph.cells.keys()]).toEqual(["a"]);
  expect(node(graph, "a").inputs).toEqual([]);
});

test("a graph of 200 cells in one chain is found", () => {
  const chain = Array.from({ length: 200 }, (_, i) => ({
    id: `c${i}`,
    kind: "code" as const,
    metadata: {},
    source: i ? `const v${i} = v${i - 1}` : "const v0 = 1",
  }));
  expect(analyseNotebook(chain).cells.get("c0")!.dependants).toHaveLength(199);
});

test("a thousand cells in a chain are read again in a moment", () => {
  const chain = Array.from({ length: 1000 }, (_, i) => ({
    id: `c${i}`,
    kind: "code" as const,
    metadata: {},
    source: i ? `const a${i} = a${i - 1} + 1` : "const a0 = 1",
  }));
  const graph = analyseNotebook(chain);
  const started = performance.now();
  const again = analyseNotebook(chain.with(0, { ...chain[0]!, source: "const a0 = 2" }), graph);
  expect(performance.now() - started).toBeLessThan(300);
  expect(node(again, "c0").dependants.length).toBe(999);
});
