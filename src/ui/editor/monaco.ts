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
import { ambientModules, moduleCell } from "./ambient.ts";

export { KeyCode, KeyMod } from "monaco-editor/editor";
export { editor };

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

/** The model of a cell; all cells of a notebook know each other's names and types. */
export function modelOf(notebook: string, cell: string, source: string): editor.ITextModel {
  const uri = Uri.parse(`file:///cells/${notebook}/cell-${cell}.ts`);
  const model = editor.getModel(uri) ?? editor.createModel(source, "typescript", uri);
  if (model.getValue() !== source) model.setValue(source);
  return model;
}

/** Makes models of all code cells, so that names of one are known in the others, and drops those of cells that are gone. */
export function shareCells(
  notebook: string,
  cells: readonly { readonly id: string; readonly source: string }[],
): void {
  const ids = new Set(cells.map(({ id }) => `/cells/${notebook}/cell-${id}.ts`));
  for (const model of editor.getModels())
    if (model.uri.path.startsWith("/cells/") && !ids.has(model.uri.path)) model.dispose();
  for (const { id, source } of cells) {
    modelOf(notebook, id, source);
    const twin = moduleCell(source);
    const old = shared.get(id);
    if ((old?.source ?? null) === twin) continue;
    old?.dispose();
    shared.delete(id);
    if (twin === null) continue;
    const added = typescriptDefaults.addExtraLib(twin, `file:///shared/${notebook}/cell-${id}.ts`);
    shared.set(id, { source: twin, dispose: () => added.dispose() });
  }
}
