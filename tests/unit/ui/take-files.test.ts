import { toast } from "svelte-sonner";
import { afterEach, expect, test, vi } from "vitest";
import type { Page } from "../../../src/state/page.svelte.ts";
import { shellText } from "../../../src/text/shell.ts";
import { fill } from "../../../src/text/text.ts";
import { takeFiles } from "../../../src/ui/actions/files.ts";

vi.mock("svelte-sonner", () => ({ toast: Object.assign(vi.fn(), { error: vi.fn() }) }));

afterEach(() => vi.clearAllMocks());

/** A page of which that much is used, and what was opened and imported there. */
function pageWhere(running: boolean) {
  const done: string[] = [];
  const page = {
    open: { runner: { running }, notebook: { document: { title: "mine" } } },
    settings: { language: "en" },
    layout: { data: null, dialog: null },
    tables: {
      imports: {
        read: async (files: readonly { path: string }[]) => {
          done.push(`import ${files.map(({ path }) => path).join()}`);
          return [];
        },
      },
    },
    openText: async (text: string, name: string) => {
      if (text === "") throw new Error("empty");
      done.push(`open ${name}`);
    },
  };
  return { page: page as unknown as Page, done };
}

const file = (path: string, text = "x") => ({ file: new File([text], path.replace(/.*\//, "")), path });
const files = [file("a.md"), file("orders.csv"), file("b.ipynb"), file("folder/README.md")];

test("notebooks are opened, and what else is taken is imported beside the last of them", async () => {
  const { page, done } = pageWhere(false);
  await takeFiles(page, files);
  expect(done).toEqual(["open a.md", "open b.ipynb", "import orders.csv"]);
  expect(toast).not.toHaveBeenCalled();
});

test("while a cell runs one question is asked for all notebooks, and yes opens each", async () => {
  const { page, done } = pageWhere(true);
  await takeFiles(page, files);
  expect(done).toEqual(["import orders.csv"]);
  expect(toast).toHaveBeenCalledExactlyOnceWith(
    fill(shellText.en.leaveRunning, { title: "mine" }),
    expect.anything(),
  );
  const { action } = vi.mocked(toast).mock.calls[0]![1] as { action: { label: string; onClick: () => void } };
  expect(action.label).toBe(shellText.en.leaveAnyway);
  action.onClick();
  await vi.waitFor(() => expect(done).toEqual(["import orders.csv", "open a.md", "open b.ipynb"]));
});

test("data alone asks nothing, even while a cell runs", async () => {
  const { page, done } = pageWhere(true);
  await takeFiles(page, [file("orders.csv")]);
  expect(done).toEqual(["import orders.csv"]);
  expect(toast).not.toHaveBeenCalled();
});

test("a notebook that cannot be read is named, and does not keep the others from being opened", async () => {
  const { page, done } = pageWhere(false);
  await takeFiles(page, [file("bad.md", ""), file("good.md")]);
  expect(done).toEqual(["open good.md"]);
  expect(toast.error).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("bad.md"));
});
