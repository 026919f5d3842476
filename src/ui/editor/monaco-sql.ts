import { languages, type editor, type Position } from "monaco-editor/editor";
import { sqlCompletions, type SqlCompletion, type SqlWorld } from "./sql-completion.ts";
import { sqlKeywords, sqlTypes } from "./sql-words.ts";

/** The language of SQL cells in the editor. */
export const sqlLanguage = "cohortbook-sql";

const kinds: Readonly<Record<SqlCompletion["kind"], languages.CompletionItemKind>> = {
  table: languages.CompletionItemKind.Class,
  schema: languages.CompletionItemKind.Module,
  column: languages.CompletionItemKind.Field,
  keyword: languages.CompletionItemKind.Keyword,
  function: languages.CompletionItemKind.Function,
  type: languages.CompletionItemKind.TypeParameter,
  variable: languages.CompletionItemKind.Variable,
};

let world: () => Promise<SqlWorld> = () => Promise.resolve({ tables: [], variables: [] });

/** Says where completion finds the tables and variables there are. */
export function setSqlWorld(ask: () => Promise<SqlWorld>): void {
  world = ask;
}

languages.register({ id: sqlLanguage });

languages.setLanguageConfiguration(sqlLanguage, {
  comments: { lineComment: "--", blockComment: ["/*", "*/"] },
  brackets: [
    ["(", ")"],
    ["[", "]"],
    ["{", "}"],
  ],
  autoClosingPairs: [
    { open: "(", close: ")" },
    { open: "[", close: "]" },
    { open: "{", close: "}" },
    { open: "'", close: "'", notIn: ["string", "comment"] },
    { open: '"', close: '"', notIn: ["string", "comment"] },
  ],
});

languages.setMonarchTokensProvider(sqlLanguage, {
  ignoreCase: true,
  unicode: true,
  keywords: sqlKeywords,
  types: sqlTypes,
  tokenizer: {
    root: [
      [/--.*$/, "comment"],
      [/\/\*/, "comment", "@comment"],
      [/\$\{/, "delimiter", "@hole"],
      [/\$\$/, "string", "@dollars"],
      [/'/, "string", "@text"],
      [/"(?:[^"]|"")*"/, "identifier"],
      [/\d[\d_]*(?:\.\d*)?(?:e[+-]?\d+)?/, "number"],
      [
        /[\p{L}_][\p{L}\p{N}_]*/u,
        { cases: { "@keywords": "keyword", "@types": "type", "@default": "identifier" } },
      ],
      [/[^\s\w]/, "delimiter"],
    ],
    comment: [
      [/\/\*/, "comment", "@push"],
      [/\*\//, "comment", "@pop"],
      [/./, "comment"],
    ],
    text: [
      [/[^']+/, "string"],
      [/''/, "string"],
      [/'/, "string", "@pop"],
    ],
    dollars: [
      [/\$\$/, "string", "@pop"],
      [/./, "string"],
    ],
    hole: [
      [/\{/, "delimiter", "@push"],
      [/\}/, "delimiter", "@pop"],
      [/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/, "string"],
      [/\d[\d_]*(?:\.\d*)?/, "number"],
      [/[\p{L}_$][\p{L}\p{N}_$]*/u, "identifier"],
      [/[^\s\w]/, "delimiter"],
    ],
  },
});

languages.registerCompletionItemProvider(sqlLanguage, {
  triggerCharacters: [".", "{"],
  async provideCompletionItems(model: editor.ITextModel, position: Position) {
    const word = model.getWordUntilPosition(position);
    const range = {
      startLineNumber: position.lineNumber,
      endLineNumber: position.lineNumber,
      startColumn: word.startColumn,
      endColumn: word.endColumn,
    };
    const found = sqlCompletions(model.getValue(), model.getOffsetAt(position), await world());
    const suggestions = found.map(({ kind, label, text = label, detail = "" }, i) => ({
      label,
      kind: kinds[kind],
      insertText: text,
      detail,
      range,
      // The order they come in is the order of how likely they are.
      sortText: String(i).padStart(5, "0"),
    }));
    return { suggestions };
  },
});
