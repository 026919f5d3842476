import { errorsText } from "../../src/text/errors.ts";
import { fill } from "../../src/text/text.ts";
import { codeCells } from "./book.ts";
import { expect, test } from "./fixtures.ts";

const failures = [
  {
    name: "inside a function",
    source: `const rows = [{ n: 1 }, null];
function total(list) {
  return list.reduce((sum, row) => sum + row.n, 0);
}
total(rows);`,
    error: "TypeError",
    line: 3,
    column: 46,
  },
  {
    name: "of syntax",
    source: `const a = 1;
const b = (a + 2;
a`,
    error: "SyntaxError",
    line: 2,
    column: 17,
  },
  {
    name: "after syntax that only TypeScript has",
    source: `interface Customer { readonly id: number; name?: string }
const first = <T,>(list: readonly T[]): T => list[0]!;
const customer = first([{ id: 7 }] as Customer[]) satisfies Customer;
(customer.name as string).toUpperCase();`,
    error: "TypeError",
    line: 4,
    column: 27,
  },
  {
    name: "of a name that nothing defines",
    source: `const known = 1;
    known + unknown`,
    error: "ReferenceError",
    line: 2,
    column: 13,
  },
  {
    name: "of a dataset's option",
    source: `const size = "XL";
await dataset("shop", { size: size as "S" });`,
    error: "RangeError",
    line: 2,
    column: 1,
  },
  {
    name: "of a table that a function of the library does not find",
    source: `import { rfm } from "cohortbook";
await rfm("nothing");`,
    error: "RangeError",
    line: 2,
    column: 1,
  },
] as const;

test("an error points at the line and column it came from", async ({ book }) => {
  for (const { name, source, error, line, column } of failures)
    await test.step(`an error ${name}`, async () => {
      await book.open(codeCells("const before = 1;", source));
      const failure = await book.runAll();
      expect(failure).toMatchObject({ name: error, cellNumber: 2 });
      expect(failure?.frames[0]).toMatchObject({ line, column });
      const link = fill(errorsText.en.goTo, { cell: 2, line });
      await expect(book.outputs(2)).toContainText(error);
      await book.outputs(2).getByText(link).first().click();
      await expect(book.codeCell(2).locator(":focus")).toHaveCount(1);
    });
});

test("an error thrown in another cell's function names that cell and line", async ({ book }) => {
  await book.open(
    codeCells(
      'function check(n: number) {\n  if (n < 0) throw new RangeError("too small");\n}',
      "check(1);\ncheck(-1);",
    ),
  );
  const failure = await book.runAll();
  expect(failure).toMatchObject({ name: "RangeError", message: "too small", cellNumber: 2 });
  expect(failure?.frames).toHaveLength(2);
  expect(failure?.frames[0]).toMatchObject({ name: "check", line: 2, column: 20 });
  expect(failure?.frames[1]).toMatchObject({ cell: failure?.cell, line: 2, column: 1 });
});

test("two cells that define one name are an error on both", async ({ book }) => {
  await book.open(codeCells("const n = 1;", "const n = 2;"));
  expect(await book.runAll()).toMatchObject({ cellNumber: 1 });
});
