import type { editor } from "monaco-editor/editor";

/** How every editor looks: as the highlighted text it takes the place of. */
export const editorOptions: editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  fontFamily: '"JetBrains Mono Variable", monospace',
  fontSize: 13,
  lineHeight: 20,
  fontLigatures: false,
  tabSize: 2,
  padding: { top: 8, bottom: 8 },
  lineNumbers: "off",
  glyphMargin: false,
  folding: false,
  lineDecorationsWidth: 12,
  lineNumbersMinChars: 0,
  minimap: { enabled: false },
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  renderLineHighlight: "none",
  scrollBeyondLastLine: false,
  scrollbar: {
    vertical: "hidden",
    horizontal: "auto",
    alwaysConsumeMouseWheel: false,
    horizontalScrollbarSize: 8,
  },
  // Suggestions may reach beyond a cell of one line.
  fixedOverflowWidgets: true,
  // Tab takes a suggestion, Enter always breaks the line: a list that repeats a whole word must not swallow it.
  acceptSuggestionOnEnter: "off",
  quickSuggestions: { other: true, comments: false, strings: false },
  stickyScroll: { enabled: false },
  bracketPairColorization: { enabled: false },
  contextmenu: true,
  // Tab moves the focus when it is asked to with Ctrl+M; Esc leaves the cell.
  tabFocusMode: false,
};

/** When Escape leaves the cell: where no widget of the editor takes it first. */
export const leaveWhen = [
  "!suggestWidgetVisible",
  "!findWidgetVisible",
  "!parameterHintsVisible",
  "!inSnippetMode",
  "!editorHasMultipleSelections",
  "!editorHoverVisible",
].join(" && ");
