import { MediaQuery } from "svelte/reactivity";
import type { Settings } from "./settings.svelte.ts";

/** A dialog over the page. */
export type OpenDialog = "keys" | "palette" | { readonly preview: string };

/** Which parts of the page are shown. */
export class Layout {
  /** The dialog that is open; null where none is. */
  dialog = $state.raw<OpenDialog | null>(null);
  /** Whether the side bar lies over the page, where there is no room beside it. */
  sheet = $state(false);

  readonly #narrow = new MediaQuery("max-width: 899px");

  constructor(private readonly settings: Settings) {}

  get narrow(): boolean {
    return this.#narrow.current;
  }

  get sideOpen(): boolean {
    return this.narrow ? this.sheet : this.settings.sideOpen;
  }

  toggleSide(): void {
    if (this.narrow) this.sheet = !this.sheet;
    else this.settings.setSide(!this.settings.sideOpen);
  }
}
