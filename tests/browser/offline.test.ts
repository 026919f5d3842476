import { lessons } from "../../src/text/lessons.ts";
import { shellText } from "../../src/text/shell.ts";
import { fill } from "../../src/text/text.ts";
import { Book } from "./book.ts";
import { expect, serveApp, test } from "./fixtures.ts";

test.use({ serviceWorkers: "allow" });
test.setTimeout(180_000);

const train = `import { LogisticRegression, makePipeline, MLPClassifier, TableVectorizer } from "cohortbook";
await dataset("shop", { size: "S", seed: 1 });
const customers = await sql\`select customer_id % 2 = 0 as even, * exclude (customer_id, signup_date) from shop.customers limit 400\`;
const X = customers.drop("even"), y = customers.column("even");
const linear = await makePipeline(new TableVectorizer(), new LogisticRegression()).fit(X, y);
const deep = await makePipeline(new TableVectorizer(), new MLPClassifier({ hiddenLayerSizes: [8], maxIter: 3 })).fit(X, y);
\`trained on \${customers.numRows} rows: \${(await linear.predict(X)).length + (await deep.predict(X)).length}\``;

test("with the server gone a reload works, the sample data loads, models train and lessons open", async ({
  page,
  context,
}) => {
  const server = await serveApp();
  const book = new Book(page);
  await book.visit(server.url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect(page.getByText(shellText.en.offlineReady)).toBeVisible({ timeout: 60_000 });
  await server.close();

  await page.reload();
  await book.ready();
  expect(await book.run(train)).toContain("trained on 400 rows: 800");
  for (const { title } of lessons) {
    await book.command(fill(shellText.en.openLesson, { title: title.en }));
    await expect(page.getByLabel(shellText.en.titleLabel)).toHaveText(title.en);
  }

  const second = new Book(await context.newPage());
  await second.visit(server.url);
  expect(await second.run("await import('d3').then((d3) => d3.sum([1, 2]))")).toContain("3");
});

test("every file of the page comes from its own server, under its own path", async ({ page, site }) => {
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(site.url) && /^(https?|wss?):/.test(url)) elsewhere.push(url);
  });
  const book = new Book(page);
  await book.visit(site.url);
  await book.run("import { Table } from 'cohortbook';\nTable.from([{ n: 1 }])");
  expect(elsewhere).toEqual([]);
});
