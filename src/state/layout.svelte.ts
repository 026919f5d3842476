import { MediaQuery } from "svelte/reactivity";
import type { Settings } from "./settings.svelte.ts";

/** Which side of a table the data panel shows. */
export type TableTab = "columns" | "rows" | "about";

/** What the data panel shows: a table, a sample dataset, or whatever comes first. */
export type DataPlace =
  | { readonly at: "table"; readonly table: string; readonly tab: TableTab }
  | { readonly at: "dataset"; readonly id: string }
  | { readonly at: "first" };

/** A dialog over the page. `speed` is the fragment of its address: it may carry measurements. */
export type OpenDialog = "keys" | "palette" | { readonly data: DataPlace } | { readonly speed: string };

/** Which parts of the page are shown. */
export class Layout {
  /** The dialog that is open; null where none is. */
  dialog = $state.raw<OpenDialog | null>(null);
  /** Whether the side bar lies over the page, where there is no room beside it. */
  sheet = $state(false);

  #tab: TableTab = "columns";
  readonly #narrow = new MediaQuery("max-width: 899px");

  constructor(private readonly settings: Settings) {}

  get narrow(): boolean {
    return this.#narrow.current;
  }

  get sideOpen(): boolean {
    return this.narrow ? this.sheet : this.settings.sideOpen;
  }

  /** Opens the data panel where it is not open yet. */
  showData(place: DataPlace = { at: "first" }): void {
    this.sheet = false;
    this.dialog = { data: place };
  }

  /** Opens the data panel on a table: on the side that was looked at last, unless another is asked for. */
  showTable(table: string, tab: TableTab = this.#tab): void {
    this.#tab = tab;
    this.showData({ at: "table", table, tab });
  }

  /** Opens the measurements of this machine, or those that the fragment of a link carries. */
  showSpeed(fragment = "speed"): void {
    this.sheet = false;
    this.dialog = { speed: fragment };
  }

  /** The fragment of the measurements that are shown; null where none are. */
  get speed(): string | null {
    const { dialog } = this;
    return dialog !== null && typeof dialog === "object" && "speed" in dialog ? dialog.speed : null;
  }

  /** What the data panel shows; null where it is not open. */
  get data(): DataPlace | null {
    const { dialog } = this;
    return dialog !== null && typeof dialog === "object" && "data" in dialog ? dialog.data : null;
  }

  toggleSide(): void {
    if (this.narrow) this.sheet = !this.sheet;
    else this.settings.setSide(!this.settings.sideOpen);
  }
}
