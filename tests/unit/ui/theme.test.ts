import { expect, test } from "vitest";
import { editorTheme } from "../../../src/ui/editor/theme.ts";

const style = (colour: string) => ({ getPropertyValue: () => colour }) as unknown as CSSStyleDeclaration;

test("the editor takes colours that a build has shortened", () => {
  const theme = editorTheme(style(" #fa0"), true);
  expect(theme.base).toBe("vs-dark");
  expect(theme.colors["editor.background"]).toBe("#ffaa00");
  expect(theme.rules.every(({ foreground }) => foreground === "ffaa00")).toBe(true);
});

test("the letters that matched have a colour of the page, on the chosen suggestion too", () => {
  const { colors } = editorTheme(style("#0b6e63"), false);
  expect(colors["editorSuggestWidget.highlightForeground"]).toBe("#0b6e63");
  expect(colors["editorSuggestWidget.focusHighlightForeground"]).toBe("#0b6e63");
});
