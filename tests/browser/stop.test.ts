import { cellsText } from "../../src/text/cells.ts";
import { shellText } from "../../src/text/shell.ts";
import { fill } from "../../src/text/text.ts";
import { codeCells } from "./book.ts";
import { expect, test } from "./fixtures.ts";

test("a cell that loops forever is stopped, and whoever writes in another goes on writing", async ({
  book,
  page,
}) => {
  const loop = "while (true) {}";
  await book.open(codeCells(loop, "6 * 7"));
  await book.codeCell(1).hover();
  await book.codeCell(1).getByRole("button", { name: cellsText.en.run, exact: true }).click();
  const stop = book.codeCell(1).getByRole("button", { name: cellsText.en.stop, exact: true });
  await expect(stop).toBeVisible();
  await expect(book.statusBar).toContainText("running");
  await book.codeCell(2).getByText("6 * 7").click();
  await stop.click();
  // Well under a second where the cores are free; the loop itself holds one of them.
  await expect(stop).toBeHidden({ timeout: 5_000 });

  await expect(book.codeCell(1)).toContainText(loop);
  await page.keyboard.press("End");
  await page.keyboard.type(" + 1");
  await page.keyboard.press("Control+Enter");
  await expect(book.outputs(2)).toContainText("43");
  await expect(page.getByText("stopped after", { exact: false }).first()).toBeAttached();
});

test("a cell that only waits is stopped by its signal, and the kernel keeps its variables", async ({
  book,
}) => {
  await book.open(
    codeCells(
      "const kept = 5;",
      "await new Promise((_, no) => signal.addEventListener('abort', () => no(signal.reason)));",
      "kept",
    ),
  );
  const ended = book.runAll();
  await expect(book.statusBar).toContainText("running");
  await book.page.waitForTimeout(500);
  await book.button("stopAll").press("Enter");
  await ended;
  await expect(book.button("runAll")).toBeFocused();
  await book.codeCell(3).hover();
  await book.codeCell(3).getByRole("button", { name: cellsText.en.run, exact: true }).click();
  await expect(book.outputs(3)).toContainText("5");
});

test("restart gives a clean kernel and leaves the document as it was", async ({ book }) => {
  await book.run("globalThis.left = 1;\nconst n = 3;", "n");
  await book.button("more").click();
  await book.page.getByRole("menuitem", { name: "Restart the kernel" }).click();
  await book.expectIdle();
  await expect(book.outputs(2)).toContainText("3");
  expect(await book.run("typeof globalThis.left")).toContain("undefined");
});

test("a kernel that falls silent is reported, and a restart from the status bar brings it back", async ({
  book,
}) => {
  await book.open(codeCells("while (true) {}", "6 * 7"));
  await book.codeCell(1).hover();
  await book.codeCell(1).getByRole("button", { name: cellsText.en.run, exact: true }).click();
  await expect(book.statusBar).toContainText(shellText.en.kernelSilent, { timeout: 40_000 });
  await book.statusBar.getByRole("button", { name: shellText.en.restart, exact: true }).click();
  await book.expectIdle();
  await book.codeCell(2).hover();
  await book.codeCell(2).getByRole("button", { name: cellsText.en.run, exact: true }).click();
  await expect(book.outputs(2)).toContainText("42");
});

test("leaving a notebook tells what went with its kernel, and asks while a cell runs", async ({
  book,
  page,
}) => {
  await book.run("const a = 1, b = 2;");
  const t = shellText.en;
  await book.button("newNotebook").click();
  await expect(page.getByText(fill(t.leftVariables, { count: 2 }))).toBeVisible();

  await book.open(
    codeCells("await new Promise((_, no) => signal.addEventListener('abort', () => no(signal.reason)));"),
  );
  const ended = book.runAll();
  await expect(book.statusBar).toContainText("running");
  await book.button("newNotebook").click();
  await expect(page.getByText(fill(t.leaveRunning, { title: "test" }))).toBeVisible();
  await expect(book.statusBar).toContainText("running");
  await page.getByRole("button", { name: t.leaveAnyway }).click();
  await expect(page.getByText(t.leftRunning)).toBeVisible();
  await ended;
});
