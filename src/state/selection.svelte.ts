/** Whether keys act on the cell (`command`) or write in it (`edit`). */
export type Mode = "command" | "edit";

/** A place in a cell's source, line and column counted from 1. */
export interface Caret {
  readonly line: number;
  readonly column: number;
}

/** Which cell is selected, and how. */
export class Selection {
  cell = $state<string | null>(null);
  mode = $state<Mode>("command");
  /** Where the caret is to stand in the cell that is edited; null leaves it where it was. */
  caret = $state.raw<Caret | null>(null);
  /** Counts the times something asked for the focus; the selected cell takes it then. */
  requests = $state(0);

  /** The cell that a person has just run: what it shows is brought into sight, until the person turns to something else. */
  awaited = $state<string | null>(null);

  /** Selects a cell and gives it the focus. */
  select(cell: string, mode: Mode = "command", caret: Caret | null = null): void {
    this.note(cell, mode);
    this.caret = caret;
    this.awaited = null;
    this.requests++;
  }

  /** Notes that a cell has the focus already. */
  note(cell: string | null, mode: Mode): void {
    this.cell = cell;
    this.mode = mode;
  }
}
