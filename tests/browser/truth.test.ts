import { dataText } from "../../src/text/data.ts";
import { panelText } from "../../src/text/panel.ts";
import { fill } from "../../src/text/text.ts";
import type { Book } from "./book.ts";
import { expect, test } from "./fixtures.ts";

/** A notebook of code cells whose document says whether sample data come with their truth. */
function notebook(truth: boolean | undefined, ...sources: readonly string[]): string {
  const cells = sources.map((source, i) => ({
    id: `cell-${i}`,
    cell_type: "code",
    source,
    metadata: {},
    execution_count: null,
    outputs: [],
  }));
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { cohortbook: { truth } }, cells });
}

/** Ways to a table of the truth, each as statements of SQL; what comes of the last is looked at. */
const queries: Readonly<Record<string, readonly string[]>> = {
  "by name": ["from truth.customers"],
  "by the name of the catalogue": ["from memory.truth.customers"],
  "by the search path": ["set search_path = 'truth'", "select lambda_per_day from customers"],
  "by the list of tables": [
    "select table_name from duckdb_tables() where schema_name like '%truth%' or table_name like '%truth%'",
  ],
  "by the list of columns": [
    "select column_name from duckdb_columns() where column_name in ('lambda_per_day', 'dropped_out_at', 'campaign_effect')",
  ],
  "by the list of schemas": ["select schema_name from duckdb_schemas() where schema_name ilike '%truth%'"],
  "by the standard's list": [
    "select table_name from information_schema.tables where table_schema ilike '%truth%'",
  ],
  "by a view": ["create or replace view peek as from truth.customers", "from peek"],
  "by the list of views": ["select view_name from duckdb_views() where sql ilike '%truth.customers%'"],
  "by a macro": ["create or replace macro peek() as table from truth.customers", "from peek()"],
  "by a copy": ["create or replace table copied as from truth.customers", "from copied"],
  "by pragma": ["pragma table_info('truth.customers')"],
};

/** Ways through the API of a cell. */
const calls: Readonly<Record<string, string>> = {
  "table()": `await table("truth.customers")`,
  "an option that there is not": `await dataset("shop", { truth: true } as object).catch(() => []), await table("truth.customers")`,
  "the truth of another place": `await dataset("shop", { as: "other" }), await table("other_truth.customers")`,
};

const lookUps = `
const found: string[] = [];
const rows = async (statement: string) => (await sql(Object.assign([statement], { raw: [statement] }) as never)).numRows;
for (const [name, statements] of Object.entries(${JSON.stringify(queries)})) {
  let seen = 0;
  try { for (const statement of statements as string[]) seen = await rows(statement); } catch { seen = 0; }
  if (seen > 0) found.push(name);
  await rows("set search_path = 'main'");
}
return "found: " + (found.join(", ") || "nothing")`;

const tries = `
const got: string[] = [];
${Object.entries(calls)
  .map(([name, body]) => `try { ${body}; got.push(${JSON.stringify(name)}); } catch { /* refused */ }`)
  .join("\n")}
return "found: " + (got.join(", ") || "nothing")`;

/** Takes hold of the ports that the kernel speaks on, and sends them what the page alone may ask. */
const messages = `
const ports = new Set<MessagePort>();
const { postMessage } = MessagePort.prototype;
MessagePort.prototype.postMessage = function (this: MessagePort, ...sent: never[]) {
  ports.add(this);
  return (postMessage as Function).apply(this, sent);
} as typeof postMessage;
display("caught");
await sql\`select 1\`;
await new Promise((resolve) => setTimeout(resolve, 100));
MessagePort.prototype.postMessage = postMessage;
const raw = (value: unknown) => ({ type: "RAW", value });
const ask = (path: string[], ...args: unknown[]) => ({ type: "APPLY", path, argumentList: args.map(raw) });
const asked = [
  ask(["open"], "n", { truth: true, writable: true }),
  ask(["tables"], "n"),
  ask(["rows"], "n", "truth.customers", { offset: 0, limit: 5 }),
  ask(["exportTable"], "n", "truth.customers", "csv"),
  ask(["tables", "addDataset"], "shop", { size: "S" }, true),
  ask(["dataset", "constructor"], "return 1"),
  { type: "GET", path: ["truth"] },
  { type: "SET", path: ["truth"], value: raw(true) },
  ask(["dataset"], "shop", { size: "S", truth: true }),
  ask(["describe"], "truth.customers"),
  ask(["query"], "from truth.customers", []),
  ask(["open"], "from truth.customers", []),
];
const answers: string[] = [];
for (const port of ports)
  for (const [i, message] of asked.entries()) {
    const id = "probe-" + i + "-" + Math.floor(performance.now() * 1000);
    const answer = await new Promise((resolve) => {
      const hear = ({ data }: MessageEvent) => { if (data?.id === id) resolve(data); };
      port.addEventListener("message", hear);
      setTimeout(() => resolve(null), 300);
      port.postMessage({ id, ...message });
    }) as { type?: string; name?: string; value?: { state?: unknown } } | null;
    const refused = answer?.type === "HANDLER" ? answer.name === "throw" : answer?.value?.state === "refused";
    if (answer && !refused) answers.push(String(i));
  }
return "ports: " + ports.size + ", answered: " + (answers.join(", ") || "nothing")`;

/** A cell of its own names, which shows what it returns. */
function cell(body: string): string {
  return `await (async () => {${body}})()`;
}

const load = `await dataset("shop", { size: "S", seed: 1 })`;

test("the probes see the truth where a document does not forbid it", async ({ book }) => {
  await book.open(notebook(undefined, load, cell(lookUps), cell(tries)), "n.ipynb");
  expect(await book.runAll()).toBeNull();
  const [, queried, called] = await book.texts();
  expect(queried).toContain(`found: ${Object.keys(queries).join(", ")}`);
  expect(called).toContain(`found: ${Object.keys(calls).join(", ")}`);
});

test("the truth cannot be read from a notebook whose document says truth: false", async ({ book }) => {
  await book.open(
    notebook(false, load, cell(lookUps), cell(tries), cell(messages), cell(lookUps)),
    "n.ipynb",
  );
  expect(await book.runAll()).toBeNull();
  const [loaded, queried, called, sent, afterwards] = await book.texts();
  expect(loaded).toContain("shop.customers");
  expect(queried).toContain("found: nothing");
  expect(called).toContain("found: nothing");
  expect(sent).toMatch(/ports: [1-9], answered: nothing/);
  expect(afterwards).toContain("found: nothing");
});

test("the truth is switched off in the card of the dataset, and what there was of it is gone", async ({
  book,
  page,
}) => {
  await book.open(notebook(undefined, load, cell(lookUps)), "n.ipynb");
  expect(await book.runAll()).toBeNull();
  await page.getByRole("button", { name: dataText.en.truthChoice }).click();
  const choice = book.panel.getByRole("checkbox", { name: panelText.en.withTruth });
  await choice.uncheck();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("list", { name: "truth", exact: true })).toHaveCount(0);
  expect(await book.runAll()).toBeNull();
  expect((await book.texts())[1]).toContain("found: nothing");
  expect(JSON.parse(await page.evaluate(() => window.cohortbook.toIpynb()))).toMatchObject({
    metadata: { cohortbook: { truth: false } },
  });
});

/** Imports the table `people`, which finds no room on the disk. */
async function importUnkept(book: Book): Promise<void> {
  const devtools = await book.page.context().newCDPSession(book.page);
  const { origin } = new URL(book.page.url());
  await devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  const imported = await book.importFile("people", { name: "people.csv", buffer: Buffer.from("id\n1\n") });
  expect(imported).toMatchObject({ table: { kept: "disk-full" } });
}

const truthStays = fill(panelText.en.truthStays, { tables: "people" });

test("the truth cannot be switched off while an imported table is in memory alone", async ({
  book,
  page,
}) => {
  await book.open(notebook(undefined, load), "n.ipynb");
  expect(await book.runAll()).toBeNull();
  await importUnkept(book);
  await page.getByRole("button", { name: dataText.en.truthChoice }).click();
  await expect(book.panel.getByRole("checkbox", { name: panelText.en.withTruth })).toBeDisabled();
  await expect(book.panel.getByText(truthStays)).toBeVisible();
});

test("a switch of the truth is not undone while an imported table is in memory alone", async ({
  book,
  page,
}) => {
  await book.open(notebook(undefined, load), "n.ipynb");
  expect(await book.runAll()).toBeNull();
  await page.getByRole("button", { name: dataText.en.truthChoice }).click();
  await book.panel.getByRole("checkbox", { name: panelText.en.withTruth }).uncheck();
  await page.keyboard.press("Escape");
  await importUnkept(book);
  await page.keyboard.press("z");
  await expect(page.getByText(truthStays)).toBeVisible();
  expect(JSON.parse(await page.evaluate(() => window.cohortbook.toIpynb()))).toMatchObject({
    metadata: { cohortbook: { truth: false } },
  });
  const people = fill(dataText.en.actions, { table: "people" });
  await expect(page.getByRole("button", { name: people, exact: true })).toBeVisible();
});
