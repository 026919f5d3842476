import { expect, test } from "vitest";
import { newNotebook } from "../../../src/notebook/create.ts";
import { openLog } from "../../../src/notebook/history.ts";
import { machineRandom } from "../../../src/state/new-cell.ts";
import { Notebook } from "../../../src/state/notebook.svelte.ts";

test("what an undo or a redo would change of the document is known before it is done", () => {
  const notebook = new Notebook(openLog(newNotebook(machineRandom, "")), () => undefined);
  expect(notebook.takesBack("undo", "truth")).toBe(false);
  notebook.setMetadata("truth", false);
  expect(notebook.takesBack("undo", "truth")).toBe(true);
  expect(notebook.takesBack("undo", "other")).toBe(false);
  expect(notebook.takesBack("redo", "truth")).toBe(false);
  notebook.undo();
  expect(notebook.takesBack("redo", "truth")).toBe(true);
  notebook.setTitle("x");
  expect(notebook.takesBack("undo", "truth")).toBe(false);
});
