import type { Language } from "../text/text.ts";

/** Which colours the page wears; `system` follows the machine. */
export type Theme = "system" | "light" | "dark";

interface Saved {
  readonly theme: Theme;
  readonly language: Language;
  readonly sideWidth: number;
  readonly sideOpen: boolean;
  readonly folded: readonly string[];
}

const key = "cohortbook.settings";

/** What a person chose for the page; remembered on this machine. */
export class Settings {
  theme = $state<Theme>("system");
  language = $state<Language>("en");
  /** Width of the side bar, in percent of the page. */
  sideWidth = $state(20);
  sideOpen = $state(true);
  /** The schemas whose tables are folded away in the side bar. */
  folded = $state.raw<readonly string[]>([]);

  readonly #storage: Pick<Storage, "getItem" | "setItem">;

  constructor(storage: Pick<Storage, "getItem" | "setItem">, languages: readonly string[]) {
    this.#storage = storage;
    const saved = read(storage);
    this.theme = saved.theme ?? "system";
    this.language = saved.language ?? (languages[0]?.toLowerCase().startsWith("zh") ? "zh-CN" : "en");
    this.sideWidth = saved.sideWidth ?? 20;
    this.sideOpen = saved.sideOpen ?? true;
    this.folded = saved.folded ?? [];
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.#save();
  }

  setLanguage(language: Language): void {
    this.language = language;
    this.#save();
  }

  setSide(open: boolean, width = this.sideWidth): void {
    this.sideOpen = open;
    this.sideWidth = width;
    this.#save();
  }

  /** Folds the tables of a schema away, or shows them again. */
  fold(schema: string, folded: boolean): void {
    this.folded = [...this.folded.filter((each) => each !== schema), ...(folded ? [schema] : [])];
    this.#save();
  }

  #save(): void {
    const saved: Saved = {
      theme: this.theme,
      language: this.language,
      sideWidth: this.sideWidth,
      sideOpen: this.sideOpen,
      folded: this.folded,
    };
    try {
      this.#storage.setItem(key, JSON.stringify(saved));
    } catch {
      // A full or forbidden storage costs the memory of these choices, nothing more.
    }
  }
}

function read(storage: Pick<Storage, "getItem">): Partial<Saved> {
  try {
    const saved = JSON.parse(storage.getItem(key) ?? "{}") as Partial<Record<keyof Saved, unknown>>;
    return {
      ...(saved.theme === "light" || saved.theme === "dark" ? { theme: saved.theme } : {}),
      ...(saved.language === "en" || saved.language === "zh-CN" ? { language: saved.language } : {}),
      ...(typeof saved.sideWidth === "number"
        ? { sideWidth: Math.min(Math.max(saved.sideWidth, 12), 40) }
        : {}),
      ...(typeof saved.sideOpen === "boolean" ? { sideOpen: saved.sideOpen } : {}),
      ...(Array.isArray(saved.folded)
        ? { folded: saved.folded.filter((each): each is string => typeof each === "string") }
        : {}),
    };
  } catch {
    return {};
  }
}
