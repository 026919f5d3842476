import type { AnyNode } from "acorn";
import type { TableNames } from "./compiled.ts";
import type { FreeCall } from "./scope.ts";
import { tablesInSql } from "./sql-names.ts";

/** The tables that calls of the built-ins `sql`, `table` and `dataset` name literally. */
export function tablesIn(calls: readonly FreeCall[]): TableNames {
  const named = calls.map(tablesOf);
  return {
    uses: [...new Set(named.flatMap(({ uses }) => uses))],
    defines: [...new Set(named.flatMap(({ defines }) => defines))],
  };
}

function tablesOf(call: FreeCall): TableNames {
  const nothing = { uses: [], defines: [] };
  if (call.type === "TaggedTemplateExpression") {
    if (call.tag.type !== "Identifier" || call.tag.name !== "sql") return nothing;
    // The object replacement character stands for what a parameter gives; it is no table's name.
    return tablesInSql(
      call.quasi.quasis.map((quasi) => quasi.value.cooked ?? quasi.value.raw).join(" \u{FFFC} "),
    );
  }
  if (call.callee.type !== "Identifier") return nothing;
  const name = text(call.arguments[0]);
  if (name === null) return nothing;
  if (call.callee.name === "table") return { uses: [name.toLowerCase()], defines: [] };
  if (call.callee.name === "dataset")
    return { uses: [], defines: [`${(option(call.arguments[1], "as") ?? name).toLowerCase()}.*`] };
  return nothing;
}

/** The literal text a member of an options object has, or null. */
function option(node: AnyNode | undefined, key: string): string | null {
  if (node?.type !== "ObjectExpression") return null;
  for (const property of node.properties)
    if (property.type === "Property" && property.key.type === "Identifier" && property.key.name === key)
      return text(property.value);
  return null;
}

function text(node: AnyNode | undefined): string | null {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  if (node?.type === "TemplateLiteral" && node.quasis.length === 1)
    return node.quasis[0]!.value.cooked ?? null;
  return null;
}
