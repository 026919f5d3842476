import type { Row } from "../../data/table.ts";
import type { ColumnInfo, ColumnSummary, TableInfo } from "../../protocol/table-info.ts";
import type { Database } from "../database.ts";
import { identifier } from "../sql.ts";
import { columnOf } from "./filters.ts";

/** Rows up to which different values are counted one by one; beyond, a sketch (HyperLogLog) estimates them. */
const mostCounted = 1_000_000;
const bins = 24;
const mostFrequent = 5;

/** What one column holds, counted over all rows. Numbers that are not finite are left out of the range and the histogram. */
export async function summarise(database: Database, table: TableInfo, name: string): Promise<ColumnSummary> {
  const column = columnOf(table, name);
  const estimate = table.rows > mostCounted;
  const value = identifier(name);
  const distinct = estimate ? `approx_count_distinct(${value})` : `count(DISTINCT ${value})`;
  const number = numberOf(column);
  const finite = `CASE WHEN isfinite(${number}) THEN ${number} END`;
  const figures = number
    ? `, min(${finite})::DOUBLE AS min, max(${finite})::DOUBLE AS max, avg(${finite})::DOUBLE AS mean, quantile_cont(${finite}, 0.5)::DOUBLE AS median`
    : "";
  const [counts] = await database.read(
    `SELECT count(*) AS rows, count(*) - count(${value}) AS missing, ${distinct} AS distinct ${figures} FROM ${table.name}`,
  );
  const range = rangeOf(counts!);
  return {
    rows: counts!.rows as number,
    missing: counts!.missing as number,
    distinct: counts!.distinct as number,
    distinctIsEstimate: estimate,
    range,
    histogram: range && number ? await histogramOf(database, table, number, range) : null,
    top: await topOf(database, table, value),
  };
}

/** A column as numbers: dates as milliseconds since 1970; null where it has none. */
function numberOf({ name, type }: ColumnInfo): string | null {
  if (type === "number") return `${identifier(name)}::DOUBLE`;
  if (type === "date") return `(epoch_us(${identifier(name)}::TIMESTAMP) / 1000.0)::DOUBLE`;
  return null;
}

function rangeOf({ min, max, mean, median }: Row): ColumnSummary["range"] {
  if (typeof min !== "number") return null;
  return { min, max: max as number, mean: mean as number, median: median as number };
}

async function histogramOf(
  database: Database,
  table: TableInfo,
  number: string,
  { min, max }: NonNullable<ColumnSummary["range"]>,
): Promise<number[]> {
  const counts = Array<number>(max > min ? bins : 1).fill(0);
  const width = (max - min) / counts.length || 1;
  const rows = await database.read(
    `SELECT least(floor((x - (${min}::DOUBLE)) / (${width}::DOUBLE)), ${counts.length - 1})::INTEGER AS bin, count(*) AS n
     FROM (SELECT ${number} AS x FROM ${table.name}) WHERE isfinite(x) GROUP BY bin`,
  );
  for (const { bin, n } of rows) counts[Math.max(bin as number, 0)]! += n as number;
  return counts;
}

async function topOf(database: Database, table: TableInfo, value: string): Promise<ColumnSummary["top"]> {
  const rows = await database.read(
    `SELECT CAST(${value} AS VARCHAR) AS value, count(*) AS n FROM ${table.name} WHERE ${value} IS NOT NULL
     GROUP BY ${value} ORDER BY n DESC, value LIMIT ${mostFrequent}`,
  );
  return rows.map(({ value: text, n }) => ({ value: text as string, count: n as number }));
}
