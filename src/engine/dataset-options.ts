import type { DatasetOptions } from "../protocol/data.ts";

/** The options of a dataset, whole and right; a RangeError says which of them is not, since a cell can send anything. */
export function datasetOptions(
  id: string,
  options: DatasetOptions,
  reserved: ReadonlySet<string>,
): Required<DatasetOptions> {
  const { size = "S", seed = 0, as = id } = options ?? {};
  if (!["S", "M", "L"].includes(size)) fail("size", 'to be "S", "M" or "L"', size);
  if (!Number.isSafeInteger(seed) || seed < 0) fail("seed", "to be a whole number from 0 to 2^53 − 1", seed);
  if (
    typeof as !== "string" ||
    !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(as) ||
    reserved.has(as.toLowerCase()) ||
    as.toLowerCase().startsWith("cohortbook_")
  )
    fail("as", "to be a name that SQL takes without quotes", as);
  return { size, seed, as };
}

function fail(option: string, expected: string, value: unknown): never {
  const got = typeof value === "string" ? JSON.stringify(value) : String(value);
  throw new RangeError(`dataset: expected "${option}" ${expected}, got ${got}`);
}
