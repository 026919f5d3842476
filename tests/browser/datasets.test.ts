import fingerprints from "../reference/dataset-fingerprints.json" with { type: "json" };
import { foldValues } from "../reference/fold-values.ts";
import { expect, test } from "./fixtures.ts";

for (const [id, expected] of Object.entries(fingerprints))
  test(`${id} has the same values in Chromium as in Node, to the last bit`, async ({ book }) => {
    const names = Object.keys(expected);
    const shown = await book.run(
      `await dataset("${id}", { size: "S", seed: 1 })`,
      `const foldValues = ${foldValues.toString()};
const found: Record<string, string> = {};
for (const name of ${JSON.stringify(names)}) {
  const rows = await table(name);
  found[name] = foldValues(rows.columns.map((column) => foldValues(rows.column(column))));
}
JSON.stringify(found)`,
    );
    expect(JSON.parse(shown)).toEqual(expected);
  });
