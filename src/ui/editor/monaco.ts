import { libraryTypesUrl } from "virtual:library-types";
import { editor, Uri } from "monaco-editor/editor";
import "monaco-editor/features/bracketMatching/register";
import "monaco-editor/features/caretOperations/register";
import "monaco-editor/features/clipboard/register";
// The TypeScript mode brings these two late, and their services must be known before the first editor is made.
import "monaco-editor/features/codelens/register";
import "monaco-editor/features/dropOrPasteInto/register";
import "monaco-editor/features/codicon/register";
import "monaco-editor/features/comment/register";
import "monaco-editor/features/contextmenu/register";
import "monaco-editor/features/cursorUndo/register";
import "monaco-editor/features/find/register";
import "monaco-editor/features/hover/register";
import "monaco-editor/features/indentation/register";
import "monaco-editor/features/linesOperations/register";
import "monaco-editor/features/multicursor/register";
import "monaco-editor/features/parameterHints/register";
import "monaco-editor/features/placeholderText/register";
import "monaco-editor/features/snippet/register";
// The list of suggestions comes with this one; `suggest` alone does not bring it.
import "monaco-editor/features/inlineCompletions/register";
import "monaco-editor/features/wordHighlighter/register";
import "monaco-editor/features/wordOperations/register";
import "monaco-editor/languages/definitions/typescript/register";
import { typescriptDefaults } from "monaco-editor/languages/features/typescript/register";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import TypeScriptWorker from "monaco-editor/languages/features/typescript/ts.worker?worker";
import type { Cell } from "../../notebook/document.ts";
import { ambientModules, moduleCell, resultCell } from "./ambient.ts";
import { sqlLanguage } from "./monaco-sql.ts";

export { KeyCode, KeyMod } from "monaco-editor/editor";
export { editor };
export { setSqlWorld } from "./monaco-sql.ts";

self.MonacoEnvironment = {
  getWorker: (_, label) => (label === "typescript" ? new TypeScriptWorker() : new EditorWorker()),
};

const options = typescriptDefaults.getCompilerOptions();
typescriptDefaults.setCompilerOptions({
  ...options,
  lib: ["esnext", "webworker"],
  strict: true,
  moduleResolution: 2,
  module: 99,
  moduleDetection: 2,
  allowImportingTsExtensions: true,
  noEmit: true,
  // A cell's types vanish in place: a type that is imported like a value would be looked for at run time.
  verbatimModuleSyntax: true,
  baseUrl: "file:///",
  paths: { cohortbook: ["src/library/index"] },
});
typescriptDefaults.setDiagnosticsOptions({
  // Await, and values that are only looked at, are what a cell's top level is for.
  diagnosticCodesToIgnore: [1375, 1378, 1431, 1432, 6133, 6192, 6196, 7044],
});
typescriptDefaults.setEagerModelSync(true);
typescriptDefaults.addExtraLib(ambientModules, "file:///ambient.d.ts");

/** Resolves when the declarations of the library are in place; without them the editor still edits. */
export const typesLoaded: Promise<void> = loadTypes();

async function loadTypes(): Promise<void> {
  const response = await fetch(libraryTypesUrl);
  if (!response.ok) return;
  const files = (await response.json()) as Record<string, string>;
  for (const [path, text] of Object.entries(files)) typescriptDefaults.addExtraLib(text, `file:///${path}`);
}

const shared = new Map<string, { source: string; dispose: () => void }>();

/** What the editor has to know of a cell. */
export type EditedCell = Pick<Cell, "id" | "kind" | "source" | "metadata">;

/** The model of a cell; all cells of a notebook know each other's names and types. */
export function modelOf(notebook: string, { id, kind, source }: EditedCell): editor.ITextModel {
  const uri = Uri.parse(`file://${pathOf(notebook, id, kind)}`);
  const language = kind === "sql" ? sqlLanguage : "typescript";
  const model = editor.getModel(uri) ?? editor.createModel(source, language, uri);
  if (model.getValue() !== source) model.setValue(source);
  return model;
}

/** Makes models of all cells that run, so that names of one are known in the others, and drops those of cells that are gone. */
export function shareCells(notebook: string, cells: readonly EditedCell[]): void {
  const paths = new Set(cells.map(({ id, kind }) => pathOf(notebook, id, kind)));
  for (const model of editor.getModels())
    if (model.uri.path.startsWith("/cells/") && !paths.has(model.uri.path)) model.dispose();
  for (const cell of cells) {
    const { id, kind, source, metadata } = cell;
    if (kind === "code") modelOf(notebook, cell);
    const twin = kind === "code" ? moduleCell(source) : resultCell(metadata.name);
    const old = shared.get(id);
    if ((old?.source ?? null) === twin) continue;
    old?.dispose();
    shared.delete(id);
    if (twin === null) continue;
    const added = typescriptDefaults.addExtraLib(twin, `file:///shared/${notebook}/cell-${id}.ts`);
    shared.set(id, { source: twin, dispose: () => added.dispose() });
  }
}

function pathOf(notebook: string, cell: string, kind: Cell["kind"]): string {
  return `/cells/${notebook}/cell-${cell}.${kind === "sql" ? "sql" : "ts"}`;
}
