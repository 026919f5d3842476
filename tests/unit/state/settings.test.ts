import { expect, test } from "vitest";
import { Settings } from "../../../src/state/settings.svelte.ts";

function storage(initial: Record<string, string> = {}) {
  const items = { ...initial };
  return {
    items,
    getItem: (key: string) => items[key] ?? null,
    setItem: (key: string, value: string) => void (items[key] = value),
  };
}

test("the language is the browser's until a person chooses one", () => {
  expect(new Settings(storage(), ["zh-TW", "en"]).language).toBe("zh-CN");
  expect(new Settings(storage(), ["de", "zh"]).language).toBe("en");
  const kept = storage();
  new Settings(kept, ["zh-CN"]).setLanguage("en");
  expect(new Settings(kept, ["zh-CN"]).language).toBe("en");
});

test("theme, side bar and what is folded in it are remembered", () => {
  const kept = storage();
  const settings = new Settings(kept, ["en"]);
  settings.setTheme("dark");
  settings.setSide(false, 27);
  for (const schema of ["shop", "truth", "shop"]) settings.fold(schema, true);
  settings.fold("truth", false);
  expect(new Settings(kept, ["en"])).toMatchObject({
    theme: "dark",
    sideOpen: false,
    sideWidth: 27,
    folded: ["shop"],
  });
});

test("settings that make no sense are as if never chosen", () => {
  const odd = JSON.stringify({ theme: "pink", language: "xx", sideWidth: 900, sideOpen: "no", folded: 1 });
  expect(new Settings(storage({ "cohortbook.settings": odd }), ["en"])).toMatchObject({
    theme: "system",
    language: "en",
    sideWidth: 40,
    sideOpen: true,
    folded: [],
  });
  expect(new Settings(storage({ "cohortbook.settings": "{" }), ["en"]).theme).toBe("system");
});

test("a storage that refuses to write does not stop a choice", () => {
  const refusing = {
    getItem: () => null,
    setItem: () => {
      throw new Error("full");
    },
  };
  const settings = new Settings(refusing, ["en"]);
  settings.setTheme("dark");
  expect(settings.theme).toBe("dark");
});
