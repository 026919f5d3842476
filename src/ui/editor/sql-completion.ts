import { identifier } from "../../core/sql-text.ts";
import type { TableInfo } from "../../protocol/table-info.ts";
import { sqlPlaceAt, tablesInScope } from "./sql-scope.ts";
import { sqlFunctions, sqlKeywords, sqlTypes } from "./sql-words.ts";

/** What there is to complete with. */
export interface SqlWorld {
  readonly tables: readonly TableInfo[];
  /** Names that the cells of the notebook define. */
  readonly variables: readonly string[];
}

/** One thing that could stand at the caret. */
export interface SqlCompletion {
  readonly kind: "table" | "schema" | "column" | "keyword" | "function" | "type" | "variable";
  readonly label: string;
  /** What to put there, where that is not the label. */
  readonly text?: string;
  /** The type of a column, the rows of a table. */
  readonly detail?: string;
}

/** What could stand at an offset of a SQL cell, the likeliest first: names of tables after `from`, columns of the tables that the statement reads elsewhere. */
export function sqlCompletions(
  source: string,
  offset: number,
  { tables, variables }: SqlWorld,
): SqlCompletion[] {
  const place = sqlPlaceAt(source, offset);
  switch (place.in) {
    case "text":
      return [];
    case "hole":
      return variables.map((label) => ({ kind: "variable", label }));
    case "tables":
      return place.path === ""
        ? [...tableNames(tables), ...schemas(tables)]
        : tablesOfSchema(tables, place.path);
    case "expression":
      break;
    default:
      return place satisfies never;
  }
  const scope = tablesInScope(source, offset);
  const tableOf = (name: string): TableInfo | undefined =>
    tables.find((table) => unquoted(table.name) === name);
  if (place.path !== "") {
    const named = scope.find(({ alias, table }) => alias === place.path || table === place.path);
    const table = tableOf(named?.table ?? place.path);
    return table ? columnsOf(table) : tablesOfSchema(tables, place.path);
  }
  const read = [...new Set(scope.map(({ table }) => table))].flatMap((name) => tableOf(name) ?? []);
  const columns = new Map(read.flatMap(columnsOf).map((column) => [column.label, column] as const));
  return [
    ...columns.values(),
    ...scope
      .filter(({ alias, table }) => alias !== table)
      .map(({ alias, table }) => ({ kind: "table", label: alias, detail: table }) as const),
    ...sqlKeywords.map((label) => ({ kind: "keyword", label }) as const),
    ...sqlFunctions.map((label) => ({ kind: "function", label }) as const),
    ...sqlTypes.map((label) => ({ kind: "type", label }) as const),
    ...tableNames(tables),
  ];
}

function tableNames(tables: readonly TableInfo[]): SqlCompletion[] {
  return tables.map(({ name }) => ({ kind: "table", label: name }));
}

function schemas(tables: readonly TableInfo[]): SqlCompletion[] {
  const names = new Set(tables.flatMap(({ name }) => /^(.*)\./.exec(name)?.[1] ?? []));
  return [...names].map((label) => ({ kind: "schema", label }));
}

function tablesOfSchema(tables: readonly TableInfo[], schema: string): SqlCompletion[] {
  return tables
    .filter(({ name }) => unquoted(name).startsWith(`${schema}.`))
    .map(({ name }) => ({ kind: "table", label: name.slice(name.lastIndexOf(".") + 1) }));
}

function columnsOf({ columns }: TableInfo): SqlCompletion[] {
  return columns.map(({ name, sqlType }) => {
    const plain = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !sqlKeywords.includes(name.toLowerCase());
    const column = { kind: "column", label: name, detail: sqlType } as const;
    return plain ? column : { ...column, text: identifier(name) };
  });
}

function unquoted(name: string): string {
  return name.replaceAll('"', "").toLowerCase();
}
