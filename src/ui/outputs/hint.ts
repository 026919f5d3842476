import type { LastRun } from "../../notebook/document.ts";
import type { CellError } from "../../protocol/output.ts";
import type { errorsText } from "../../text/errors.ts";

/** What to try after an error: a text of the dictionary, and the name and the cell it speaks of. */
export interface Hint {
  readonly text: keyof (typeof errorsText)["en"];
  readonly name: string;
  readonly cell?: number;
}

/** The cell of the notebook that defines a name, by its number, and how it last ended; null where it never ran. */
export interface Definition {
  readonly cell: number;
  readonly ended: LastRun["state"] | null;
}

type Pattern = readonly [RegExp, Hint["text"]];

const sqlPatterns: readonly Pattern[] = [
  [
    /(?:catalog error.*|^)table (?:with name )?["']?([\w.]+)["']? (?:does not exist|is not there)|no table ["“]?([\w.]+)/i,
    "tryNoTable",
  ],
  [/no column "([^"]*)"|referenced column "([^"]*)" not found/i, "tryNoColumn"],
  [/out of memory/i, "trySqlMemory"],
];

const patterns: readonly Pattern[] = [
  [/already (?:defined|declared)|has already been declared|belongs to another cell/i, "tryTwice"],
  [/does not go inside quotes/, "trySqlQuotes"],
  [/^name of the result/, "tryResultName"],
  [/^the result is too large/, "tryTooLarge"],
  [/^cannot import "|^"[^"]+" has no "/, "tryImport"],
  [/^([\w$]+) is not defined: import /, "tryImportIt"],
  [/^(?:(?:the )?name )?["“]?([\w$]+)["”]? is not defined/i, "tryNotDefined"],
  ...sqlPatterns,
  [/no parameter "/, "tryParameter"],
  [/: call fit first$/, "tryFit"],
  [/got a Promise/, "tryAwait"],
  [/expected (.+?), (?:as in fit, )?got /, "tryExpected"],
  [/\.[\w$]+ is not a function/, "tryMethod"],
  [/is not a function/, "tryNotFunction"],
  [/cannot read propert|undefined is not|null \(reading|not iterable/i, "tryUndefined"],
  [/content security policy|failed to fetch|networkerror|fetch is not|websocket/i, "tryNetwork"],
  [/out of memory|array buffer allocation failed|invalid array length|did not answer/i, "tryMemory"],
];

const ofThePage =
  /^(?:window|document|localStorage|sessionStorage|indexedDB|caches|navigator|alert|prompt|confirm)$/;

/** The advice that fits an error best. `definition` gives the cell of the notebook that defines a name. */
export function hintFor({ name, message }: CellError, definition: (name: string) => Definition | null): Hint {
  const sql = name === "SqlError";
  for (const [pattern, text] of sql ? sqlPatterns : patterns) {
    const match = pattern.exec(message);
    if (!match) continue;
    const subject = match.slice(1).find((part) => part !== undefined) ?? "";
    return text === "tryNotDefined" ? undefinedHint(subject, definition(subject)) : { text, name: subject };
  }
  if (sql) return { text: "trySql", name: "" };
  return { text: name === "SyntaxError" ? "trySyntax" : "tryNone", name: "" };
}

function undefinedHint(name: string, definition: Definition | null): Hint {
  if (definition) return { text: definedHint(definition), name, cell: definition.cell };
  return { text: ofThePage.test(name) ? "trySandbox" : "tryNotDefined", name };
}

function definedHint({ ended }: Definition): Hint["text"] {
  if (ended === "stopped") return "tryStopped";
  return ended === "failed" ? "tryFailed" : "tryNotRun";
}
