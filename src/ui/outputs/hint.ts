import type { CellError } from "../../protocol/output.ts";
import type { errorsText } from "../../text/errors.ts";

/** What to try after an error: a text of the dictionary, and the name it speaks of. */
export interface Hint {
  readonly text: keyof (typeof errorsText)["en"];
  readonly name: string;
}

const patterns: readonly (readonly [RegExp, Hint["text"]])[] = [
  [/already (?:defined|declared)|has already been declared|belongs to another cell/i, "tryTwice"],
  [/^(?:(?:the )?name )?["“]?([\w$]+)["”]? is not defined/i, "tryNotDefined"],
  [
    /(?:catalog error.*|^)table (?:with name )?["']?([\w.]+)["']? (?:does not exist|is not there)|no table ["“]?([\w.]+)/i,
    "tryNoTable",
  ],
  [/no column "([^"]*)"|referenced column "([^"]*)" not found|binder error/i, "tryNoColumn"],
  [/cannot read propert|undefined is not|is not a function|null \(reading|not iterable/i, "tryUndefined"],
  [/content security policy|failed to fetch|networkerror|fetch is not|websocket/i, "tryNetwork"],
  [/out of memory|array buffer allocation failed|invalid array length|did not answer/i, "tryMemory"],
];

/** The advice that fits an error best. `defined` tells whether a cell of the notebook defines a name. */
export function hintFor({ name, message }: CellError, defined: (name: string) => boolean): Hint {
  for (const [pattern, text] of patterns) {
    const match = pattern.exec(message);
    if (!match) continue;
    const subject = match.slice(1).find((part) => part !== undefined) ?? "";
    if (text === "tryNotDefined" && defined(subject)) return { text: "tryNotRun", name: subject };
    return { text, name: subject };
  }
  return { text: name === "SyntaxError" ? "trySyntax" : "tryNone", name: "" };
}
