import type { editor } from "monaco-editor/editor";

/** The editor's colours, read from the page's custom properties. */
export function editorTheme(style: CSSStyleDeclaration, dark: boolean): editor.IStandaloneThemeData {
  const colour = (name: string): string => sixDigits(style.getPropertyValue(`--${name}`).trim());
  const token = (name: string): string => colour(`code-${name}`).slice(1);
  return {
    base: dark ? "vs-dark" : "vs",
    inherit: true,
    rules: [
      { token: "keyword", foreground: token("keyword") },
      { token: "string", foreground: token("string") },
      { token: "number", foreground: token("number") },
      { token: "comment", foreground: token("comment") },
      { token: "type", foreground: token("type") },
      { token: "identifier", foreground: colour("ink").slice(1) },
      { token: "delimiter", foreground: colour("ink").slice(1) },
    ],
    colors: {
      "editor.background": colour("raised"),
      "editor.foreground": colour("ink"),
      "editorCursor.foreground": colour("ink"),
      "editor.lineHighlightBackground": "#00000000",
      "editor.lineHighlightBorder": "#00000000",
      "editor.selectionBackground": `${colour("accent")}40`,
      "editorWidget.background": colour("raised"),
      "editorWidget.border": colour("line"),
      "editorSuggestWidget.selectedBackground": colour("accent-wash"),
      "editorSuggestWidget.selectedForeground": colour("ink"),
      "editorSuggestWidget.highlightForeground": colour("accent"),
      "editorSuggestWidget.focusHighlightForeground": colour("accent"),
      "editorHoverWidget.background": colour("raised"),
      "editorHoverWidget.border": colour("line"),
      "editorError.foreground": colour("fail"),
      "editorWarning.foreground": colour("warn"),
      "editorBracketMatch.background": `${colour("accent")}22`,
      "editorBracketMatch.border": `${colour("accent")}66`,
      "scrollbarSlider.background": `${colour("quiet")}44`,
      focusBorder: colour("accent"),
    },
  };
}

/** A colour as the editor wants it; `#fff` is what a build makes of `#ffffff`. */
function sixDigits(colour: string): string {
  return /^#[\da-f]{3}$/i.test(colour) ? colour.replace(/[\da-f]/gi, "$&$&") : colour;
}
