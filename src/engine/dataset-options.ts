import type { SimulationOptions } from "../../datasets/dataset.ts";
import type { DatasetCard, DatasetParameter } from "../data/dataset-description.ts";
import type { DatasetOptions } from "../protocol/data.ts";

/** What to simulate, and the schemas that the tables and the truth go to. */
export interface DatasetPlan extends SimulationOptions {
  readonly as: string;
  readonly truthAs: string;
}

/** Schemas and databases that there are without any dataset, and those of the truth. */
const isTaken = /^(main|memory|system|temp|information_schema|pg_.*|truth|.*_truth)$/i;

/** The options of a dataset, whole and right; a RangeError says which of them is not, since a cell can send anything. */
export function datasetPlan(
  card: DatasetCard,
  options: DatasetOptions,
  reserved: ReadonlySet<string>,
): DatasetPlan {
  const { size = "S", seed = 0, as = card.id, ...rest } = options ?? {};
  if (!["S", "M", "L"].includes(size)) fail("size", 'to be "S", "M" or "L"', size);
  if (!Number.isSafeInteger(seed) || seed < 0) fail("seed", "to be a whole number from 0 to 2^53 − 1", seed);
  if (
    typeof as !== "string" ||
    !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(as) ||
    reserved.has(as.toLowerCase()) ||
    as.toLowerCase().startsWith("cohortbook_")
  )
    fail("as", "to be a name that SQL takes without quotes", as);
  if (isTaken.test(as)) fail("as", "to be a name that the database does not use itself", as);
  const unknown = Object.keys(rest).find((name) => !Object.hasOwn(card.parameters, name));
  if (unknown !== undefined)
    throw new RangeError(
      `dataset: "${card.id}" has no parameter ${JSON.stringify(unknown)}; it has ${["size", "seed", "as", ...Object.keys(card.parameters)].join(", ")}`,
    );
  const parameters = Object.fromEntries(
    Object.entries(card.parameters).map(([name, parameter]) => [
      name,
      parameterValue(name, parameter, rest[name]),
    ]),
  );
  return { size, seed, as, truthAs: as.toLowerCase() === card.id ? "truth" : `${as}_truth`, parameters };
}

function parameterValue(
  name: string,
  parameter: DatasetParameter,
  value: unknown,
): number | string | boolean {
  if (value === undefined) return parameter.default;
  if ("values" in parameter) {
    if (!parameter.values.includes(value as string))
      fail(name, `one of ${parameter.values.join(", ")}`, value);
  } else if (typeof value !== typeof parameter.default) {
    fail(name, `to be a ${typeof parameter.default}`, value);
  } else if ("minimum" in parameter) {
    const { minimum, maximum } = parameter;
    if (!((value as number) >= minimum && (value as number) <= maximum))
      fail(name, `to be from ${minimum} to ${maximum}`, value);
  }
  return value as number | string | boolean;
}

function fail(option: string, expected: string, value: unknown): never {
  const got = typeof value === "string" ? JSON.stringify(value) : String(value);
  throw new RangeError(`dataset: expected "${option}" ${expected}, got ${got}`);
}
